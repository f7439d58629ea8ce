package lunora.wire;

/**
 * A piece of well-formed JSON text that nobody has read yet.
 *
 * <p>Rows travel from SQLite to a socket in this form. It is not a parsed value and not a Java
 * string: on Workers it wraps the JavaScript string that SQLite returned, so that passing it on
 * copies nothing. Reading {@link #toString()} is what costs.
 */
public interface JsonText {

  /**
   * The JSON text as a Java string. Cheap on the JVM and on the JavaScript target, a copy on Wasm.
   */
  @Override
  String toString();

  /** The length in UTF-16 units. */
  int length();

  /** Whether both texts are the same, unit by unit, without copying either into Java. */
  boolean sameAs(JsonText other);

  /**
   * The units from one to before another, cut out natively: for texts of several lines, of which
   * each is JSON.
   */
  JsonText part(int from, int to);

  /** Wraps text that Java already holds. The caller vouches that it is well-formed JSON. */
  static JsonText of(String json) {
    return new PlainJsonText(json);
  }
}
