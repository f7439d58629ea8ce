package lunora.stream;

import lunora.api.StreamCancelledException;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.rpc.ErrorBody;
import lunora.wire.JsonText;

/** What clients and the log are told of streams that fail. */
final class Failures {

  private final LogSink log;
  private final StreamFrames frames;

  Failures(LogSink log, StreamFrames frames) {
    this.log = log;
    this.frames = frames;
  }

  /** The tail of the error frame; what is our own fault goes to the log as well. */
  JsonText tail(String what, Throwable thrown) {
    note(what, thrown);
    return frames.errorTail(
        ErrorBody.of(thrown, ErrorCode.INTERNAL_SERVER_ERROR, "internal error"));
  }

  /** Logs what is our own fault. */
  void note(String what, Throwable thrown) {
    if (!(thrown instanceof StreamCancelledException) && ErrorBody.isInternal(thrown)) {
      log.log(LogSink.Level.ERROR, "a stream failed: " + what, thrown);
    }
  }

  /** The refusal to read on where nothing can be read on. */
  static LunoraException interrupted(String why) {
    return new LunoraException(ErrorCode.STREAM_INTERRUPTED, why);
  }
}
