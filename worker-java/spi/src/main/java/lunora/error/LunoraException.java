package lunora.error;

import java.util.List;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that reaches the client as {@code {"error":{"code","message",...}}} (protocol section
 * 3.3).
 *
 * <p>Thrown by the engine with a code of the catalogue, and by app code with a code of either kind.
 * Anything else that is thrown is a bug and reaches the client as a redacted 500.
 */
public final class LunoraException extends RuntimeException {

  private final String code;
  private final int status;
  private final @Nullable Value data;
  private final List<String> hints;

  /** A refusal with a code of the catalogue and that code's status. */
  public LunoraException(ErrorCode code, String message) {
    this(code.name(), code.status(), message, null, List.of());
  }

  /** A refusal of the app's own. A code outside the catalogue answers with the given status. */
  public LunoraException(String code, int status, String message) {
    this(code, status, message, null, List.of());
  }

  private LunoraException(
      String code, int status, String message, @Nullable Value data, List<String> hints) {
    super(message);
    this.code = code;
    this.status = status;
    this.data = data;
    this.hints = hints;
  }

  /** The same refusal with machine-readable details for the client. */
  public LunoraException withData(Value details) {
    return copy(details, hints);
  }

  /** The same refusal with a sentence that says what to do. */
  public LunoraException withHint(String hint) {
    return copy(data, List.of(hint));
  }

  private LunoraException copy(@Nullable Value newData, List<String> newHints) {
    LunoraException copy =
        new LunoraException(code, status, String.valueOf(getMessage()), newData, newHints);
    copy.initCause(getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** Details for the client, not yet wire-encoded. */
  public @Nullable Value data() {
    return data;
  }

  /** What the reader of the message can do; empty when the message says it all. */
  public List<String> hints() {
    return hints;
  }

  /** Whether the client sees the message. */
  public ErrorCode.Exposure exposure() {
    return ErrorCode.find(code).map(ErrorCode::exposure).orElse(ErrorCode.Exposure.SHOWN);
  }
}
