package lunora.processor.model;

/**
 * One row policy of an app.
 *
 * @param method the method's name
 * @param document whose table it guards
 * @param access the constant of {@code RowAccess}
 */
public record PolicyModel(String method, ClassName document, String access) {

  /** The annotation. */
  public static final String ANNOTATION = "lunora.api.Policy";

  /** The class with the table. */
  public ClassName table() {
    return document.generated(ValueType.Holder.TABLE.suffix());
  }
}
