package lunora.processor.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One migration of stored rows.
 *
 * @param id by which it is run
 * @param method the method's name
 * @param rollback the name of the method that undoes it
 * @param batch how many rows a transaction takes, where that is said
 * @param document whose rows
 */
public record MigrationModel(
    String id, String method, Optional<String> rollback, OptionalLong batch, ClassName document) {

  /** The annotation. */
  public static final String ANNOTATION = "lunora.api.Migration";

  /** The class with the table. */
  public ClassName table() {
    return document.generated(ValueType.Holder.TABLE.suffix());
  }
}
