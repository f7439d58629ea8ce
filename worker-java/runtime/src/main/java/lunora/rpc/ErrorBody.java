package lunora.rpc;

import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * An error as a client sees it (protocol section 3.3): a coded one as it is, an internal one with
 * its message replaced, anything else under a fallback code.
 *
 * @param status the HTTP status that goes with it
 * @param error what is shown
 */
public record ErrorBody(int status, LunoraException error) {

  /** Where an error surfaces: its fallback code and the message that hides an internal one. */
  public enum Plane {
    /** In a shard. */
    SHARD(ErrorCode.RPC_FAILED, "internal error"),
    /** In the Worker. */
    WORKER(ErrorCode.INTERNAL, "Internal error");

    private final ErrorCode fallback;
    private final String redacted;

    Plane(ErrorCode fallback, String redacted) {
      this.fallback = fallback;
      this.redacted = redacted;
    }
  }

  /** What a client sees of a throw. */
  public static ErrorBody of(Throwable thrown, Plane plane) {
    return of(thrown, plane.fallback, plane.redacted);
  }

  /** What a client sees of a throw, under a fallback code of the caller's. */
  public static ErrorBody of(Throwable thrown, ErrorCode fallback, String redacted) {
    if (!(thrown instanceof LunoraException error)) {
      return new ErrorBody(fallback.status(), new LunoraException(fallback, redacted));
    }
    if (error.exposure() == ErrorCode.Exposure.REDACTED) {
      return new ErrorBody(
          error.status(), new LunoraException(error.code(), error.status(), redacted));
    }
    return new ErrorBody(error.status(), error);
  }

  /** Whether the throw is a bug or an internal failure, which belongs in the log. */
  public static boolean isInternal(Throwable thrown) {
    return !(thrown instanceof LunoraException error)
        || error.exposure() == ErrorCode.Exposure.REDACTED;
  }

  /** Writes {@code {"code","message","data"?,"hint"?}}. */
  public void write(JsonSink sink) {
    sink.raw("{\"code\":").string(error.code());
    sink.raw(",\"message\":").string(String.valueOf(error.getMessage()));
    Value data = error.data();
    if (data != null) {
      sink.raw(",\"data\":");
      WireCodec.write(data, sink);
    }
    writeHints(sink);
    sink.raw("}");
  }

  private void writeHints(JsonSink sink) {
    List<String> hints = error.hints();
    if (hints.size() == 1) {
      sink.raw(",\"hint\":").string(hints.get(0));
    } else if (!hints.isEmpty()) {
      String before = ",\"hint\":[";
      for (String hint : hints) {
        sink.raw(before).string(hint);
        before = ",";
      }
      sink.raw("]");
    }
  }
}
