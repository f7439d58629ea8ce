package lunora.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.FunctionCall;
import lunora.error.LunoraException;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A stream as its client sees it. What is emitted arrives as soon as a call returns; what is
 * emitted after a sleep, when the test advances the clock of the backend.
 *
 * @param <T> what it emits
 */
public final class TestStream<T extends @Nullable Object> {

  private final TestConnection connection;
  private final String id;
  private final FunctionCall<T> call;
  private final Deque<T> unread = new ArrayDeque<>();
  private @Nullable Value lastNumber;
  private @Nullable Value generation;
  private @Nullable Frame end;
  private boolean acknowledged;

  TestStream(TestConnection connection, String id, FunctionCall<T> call) {
    this.connection = connection;
    this.id = id;
    this.call = call;
  }

  /**
   * The values that arrived since the last call.
   *
   * @throws LunoraException when there are none, and the stream ended with an error
   */
  public List<T> received() {
    connection.receive();
    if (unread.isEmpty()) {
      throwFailure();
    }
    List<T> values = new ArrayList<>(unread);
    unread.clear();
    return values;
  }

  /** The next value; an {@link AssertionError} when there is none. Throws as {@link #received}. */
  public T next() {
    connection.receive();
    if (unread.isEmpty()) {
      throwFailure();
      throw new AssertionError("no value arrived of " + call.path());
    }
    return unread.remove();
  }

  /** Whether the stream ended, and not by an error. */
  public boolean isComplete() {
    connection.receive();
    return end != null && end.type().equals("complete");
  }

  /** Cancels the stream; a durable one goes on without its client. */
  public void cancel() {
    connection.cancel(this);
  }

  /** The connection it runs over. */
  public TestConnection connection() {
    return connection;
  }

  String id() {
    return id;
  }

  boolean isOver() {
    return end != null;
  }

  /** Whether a new socket can read on. */
  boolean isDurable() {
    return generation != null;
  }

  void received(Frame frame) {
    switch (frame.type()) {
      case "ack" -> acknowledged = true;
      case "chunk" -> {
        Map<String, Value> fields = frame.json().fields();
        lastNumber = fields.get("seq");
        generation = fields.get("generation");
        unread.add(Results.read(call, fields.getOrDefault("data", Value.Null.INSTANCE)));
      }
      case "complete", "error" -> end = frame;
      default -> throw new AssertionError("a frame that is none of a stream: " + frame);
    }
  }

  /** Checks the answer to a start: an ack or the refusal. */
  void started() {
    if (!acknowledged) {
      throwFailure();
      throw new AssertionError("no ack of " + call.path());
    }
  }

  /** The frame that starts it, or reads on. */
  String frame() {
    acknowledged = false;
    Map<String, Value> query = new LinkedHashMap<>();
    query.put("functionPath", new Value.Str(call.path().text()));
    query.put("args", call.args());
    Map<String, Value> frame = new LinkedHashMap<>();
    frame.put("type", new Value.Str("stream"));
    frame.put("id", new Value.Str(id));
    frame.put("query", new Value.Obj(query));
    if (lastNumber != null && generation != null) {
      frame.put("sinceChunk", lastNumber);
      frame.put("generation", generation);
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(frame), json);
    return json.finish().toString();
  }

  private void throwFailure() {
    if (end != null
        && end.type().equals("error")
        && end.json().fields().get("error") instanceof Value.Obj error) {
      throw TestResponse.refusal(error, 0);
    }
  }
}
