package lunora.stream;

import lunora.api.StreamCancelledException;
import lunora.host.remote.Background;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A stream that is its one client's: it ends when the client goes away. */
final class LiveStream<T extends @Nullable Object> implements Background.Task, Output {

  private final StreamCall<T> call;
  private final Reading reading;
  private final StreamTools tools;
  private final Producer<T> producer;

  LiveStream(StreamCall<T> call, Reading reading, StreamTools tools) {
    this.call = call;
    this.reading = reading;
    this.tools = tools;
    this.producer = new Producer<>(call, tools.frames(), reading.timer(), this);
  }

  @Override
  public void run() {
    call.run(producer);
    reading.end(Ending.COMPLETE);
  }

  @Override
  public void failed(Throwable failure) {
    if (reading.isOpen()) {
      reading.end(Ending.error(tools.failures().tail(call.path(), failure)));
    } else {
      tools.failures().note(call.path(), failure);
    }
  }

  @Override
  public void chunk(JsonText data) {
    reading.awaitRoom();
    if (!reading.send(tools.frames().chunkTail(data))) {
      throw new StreamCancelledException();
    }
  }

  @Override
  public boolean isCancelled() {
    return !reading.isOpen();
  }
}
