package lunora.bridge.workers;

import lunora.bridge.value.JsErrors;
import lunora.bridge.value.JsException;

/**
 * A statement or commit that SQLite or the platform refused. The message is SQLite's; {@link
 * #resultCode()} is {@code SQLITE_CONSTRAINT} and the like.
 */
public final class SqlException extends RuntimeException {

  private static final String CODE_PREFIX = "SQLITE_";

  private final String resultCode;

  private SqlException(JsException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.resultCode = resultCode(String.valueOf(cause.getMessage()));
  }

  /** What a call of the database threw; anything of Java's own is returned as it is. */
  public static RuntimeException of(Throwable caught) {
    RuntimeException error = JsErrors.unchecked(caught);
    return error instanceof JsException refused ? new SqlException(refused) : error;
  }

  /** SQLite's result code, or {@code SQLITE_ERROR} where the platform gave none. */
  public String resultCode() {
    return resultCode;
  }

  /** The platform ends its messages with {@code : SQLITE_...}. */
  private static String resultCode(String message) {
    int at = message.lastIndexOf(CODE_PREFIX);
    int end = at;
    while (end >= 0 && end < message.length() && isCodeChar(message.charAt(end))) {
      end++;
    }
    return at < 0 ? "SQLITE_ERROR" : message.substring(at, end);
  }

  private static boolean isCodeChar(char c) {
    return c == '_' || c >= 'A' && c <= 'Z';
  }
}
