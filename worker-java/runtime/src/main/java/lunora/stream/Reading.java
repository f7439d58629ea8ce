package lunora.stream;

import lunora.host.remote.Timer;
import lunora.subscription.Peer;
import lunora.wire.JsonText;

/**
 * One stream of one socket, from the client's side: open until it was sent its end, cancelled, or
 * the socket is gone.
 */
final class Reading {

  /** A client that has not taken this much yet is sent no more. */
  static final long BUFFERED_BYTES_MAX = 1_048_576;

  /** How often a client that is behind is looked at. */
  static final long LOOK_EVERY_MS = 20;

  /** How long a client may take nothing at all before it is given up. */
  static final long PATIENCE_MS = 60_000;

  /** What has to be forgotten when a reading closes. Never suspends. */
  @FunctionalInterface
  interface Closed {
    void closed(Reading reading);
  }

  private final Peer peer;
  private final String id;
  private final StreamFrames frames;
  private final Timer timer;
  private final Closed closed;
  private final JsonText chunkHead;
  private boolean open = true;

  Reading(Peer peer, String id, StreamTools tools, Closed closed) {
    this.peer = peer;
    this.id = id;
    this.frames = tools.frames();
    this.timer = tools.background().timer();
    this.closed = closed;
    this.chunkHead = frames.head("chunk", id);
  }

  String connectionId() {
    return peer.connectionId();
  }

  String id() {
    return id;
  }

  /** The timer of the task that sends to the client; woken when the reading closes. */
  Timer timer() {
    return timer;
  }

  boolean isOpen() {
    return open;
  }

  /** The client wants no more: whoever sends to it is woken to find out. */
  void close() {
    if (open) {
      open = false;
      closed.closed(this);
      timer.wake();
    }
  }

  void acknowledge() {
    peer.send(frames.join(frames.head("ack", id), StreamFrames.END));
  }

  /** Sends a chunk; false when the reading is closed, perhaps just now. */
  boolean send(JsonText chunkTail) {
    if (open && !peer.send(frames.join(chunkHead, chunkTail))) {
      close();
    }
    return open;
  }

  /** Sends the last frame. */
  void end(Ending ending) {
    if (open) {
      peer.send(frames.join(frames.head(ending.type(), id), ending.tail()));
      close();
    }
  }

  /** Whether the client should be sent no more for now. */
  boolean isFarBehind() {
    return peer.bufferedBytes() >= BUFFERED_BYTES_MAX;
  }

  /**
   * Waits until the client may be sent more, or the reading is closed. Suspends.
   *
   * @throws lunora.error.LunoraException {@code STREAM_INTERRUPTED} when the client takes nothing
   */
  void awaitRoom() {
    long least = peer.bufferedBytes();
    long waitedMs = 0;
    while (open && isFarBehind()) {
      if (waitedMs >= PATIENCE_MS) {
        throw Failures.interrupted("the client takes no more of this stream");
      }
      timer.sleep(LOOK_EVERY_MS);
      waitedMs += LOOK_EVERY_MS;
      if (peer.bufferedBytes() < least) {
        least = peer.bufferedBytes();
        waitedMs = 0;
      }
    }
  }
}
