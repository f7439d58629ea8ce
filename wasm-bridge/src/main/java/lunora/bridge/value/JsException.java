package lunora.bridge.value;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Something that JavaScript threw, as Java sees it. Keeps the thrown value, which is what
 * JavaScript gets back when the exception leaves Java again.
 *
 * <p>The message is {@code <name>: <message>}, or the value as text when it was no error object.
 */
public final class JsException extends RuntimeException {

  private final @Nullable JSObject thrown;
  private final @Nullable String code;
  private final @Nullable String stack;

  JsException(
      @Nullable JSObject thrown, String message, @Nullable String code, @Nullable String stack) {
    super(message);
    this.thrown = thrown;
    this.code = code;
    this.stack = stack;
  }

  /** The very value that was thrown; null for {@code null} and {@code undefined}. */
  public @Nullable JSObject thrown() {
    return thrown;
  }

  /** The {@code code} property of the error, when it is a string. */
  public @Nullable String code() {
    return code;
  }

  /** The JavaScript stack, where there is one. */
  public @Nullable String stack() {
    return stack;
  }
}
