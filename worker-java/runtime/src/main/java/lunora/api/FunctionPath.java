package lunora.api;

/** The name of a function on the wire: {@code module:function}. */
public record FunctionPath(String text) {

  private static final int LENGTH_MAX = 200;

  /** Prefix of the system's own functions. */
  private static final String RESERVED = "__lunora";

  public FunctionPath {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon != text.lastIndexOf(':') || colon == text.length() - 1) {
      throw new IllegalArgumentException("function path '" + text + "': use module:function");
    }
    if (text.length() > LENGTH_MAX || text.startsWith(RESERVED)) {
      throw new IllegalArgumentException(
          "function path '" + text + "' is reserved or longer than " + LENGTH_MAX);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
