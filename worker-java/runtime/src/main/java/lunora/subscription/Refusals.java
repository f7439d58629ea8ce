package lunora.subscription;

import lunora.error.ErrorCode;
import lunora.host.local.LogSink;
import lunora.host.local.Socket;
import lunora.rpc.ErrorBody;

/** Tells a client that a subscription of its failed, and the log when it is our own fault. */
final class Refusals {

  private final LogSink log;
  private final ServerFrames frames;

  Refusals(LogSink log, ServerFrames frames) {
    this.log = log;
    this.frames = frames;
  }

  /** Sends the error frame of one subscription. */
  void refuse(Socket socket, String id, Throwable thrown) {
    refuse(socket, id, thrown, ErrorCode.SUBSCRIPTION_SEED_FAILED);
  }

  /** The same, under another code for what has none. */
  void refuse(Socket socket, String id, Throwable thrown, ErrorCode fallback) {
    if (ErrorBody.isInternal(thrown)) {
      log.log(LogSink.Level.ERROR, "subscription " + id + " failed", thrown);
    }
    ErrorBody body = ErrorBody.of(thrown, fallback, "internal error");
    socket.send(frames.error(id, body));
  }
}
