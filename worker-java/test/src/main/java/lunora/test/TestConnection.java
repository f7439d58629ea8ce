package lunora.test;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.api.FunctionCall;
import lunora.testkit.FakeSocket;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** One client's socket with its subscriptions and streams, taken up again when it reconnects. */
public final class TestConnection {

  /** What the client says of itself in its connect frame. */
  enum Merging {
    DELTAS("{\"type\":\"connect\",\"id\":\"connect\",\"caps\":[\"pageDelta\"]}"),
    NONE("{\"type\":\"connect\",\"id\":\"connect\"}");

    private final String connectFrame;

    Merging(String connectFrame) {
      this.connectFrame = connectFrame;
    }
  }

  private final TestClient client;
  private final Merging merging;
  private final Map<String, LiveQuery<?>> live = new LinkedHashMap<>();
  private final Map<String, TestStream<?>> streams = new LinkedHashMap<>();
  private FakeSocket socket;
  private int lastNumber;

  TestConnection(TestClient client, Merging merging) {
    this.client = client;
    this.merging = merging;
    this.socket = open();
  }

  private FakeSocket open() {
    FakeSocket opened = client.openSocket();
    client.send(opened, merging.connectFrame);
    return opened;
  }

  /**
   * Watches a query.
   *
   * @throws lunora.error.LunoraException when the subscription is refused
   */
  public <R extends @Nullable Object> LiveQuery<R> subscribe(FunctionCall<R> call) {
    client.expectQuery(call);
    lastNumber++;
    LiveQuery<R> subscribed = new LiveQuery<>(this, "sub_" + lastNumber, call);
    live.put(subscribed.id(), subscribed);
    try {
      request(subscribed);
    } catch (RuntimeException refused) {
      live.remove(subscribed.id());
      throw refused;
    }
    return subscribed;
  }

  /**
   * Starts a stream.
   *
   * @throws lunora.error.LunoraException when the stream is refused
   */
  public <T extends @Nullable Object> TestStream<T> stream(FunctionCall<T> call) {
    client.expectStream(call);
    lastNumber++;
    TestStream<T> started = new TestStream<>(this, "stream_" + lastNumber, call);
    streams.put(started.id(), started);
    start(started);
    return started;
  }

  private void start(TestStream<?> stream) {
    receive();
    client.send(socket, stream.frame());
    receive();
    stream.started();
  }

  /** The socket, for what a test does to it: a failing send, a slow client. */
  public FakeSocket socket() {
    return socket;
  }

  /** The client goes away; its subscriptions keep what they have. */
  public void disconnect() {
    receive();
    if (socket.isOpen()) {
      client.disconnect(socket);
    }
  }

  /**
   * Opens a new socket, subscribes again from where each subscription had got to, and reads on in
   * durable streams; others ended with their socket.
   */
  public void reconnect() {
    disconnect();
    socket = open();
    live.values().forEach(this::request);
    streams.values().removeIf(stream -> stream.isOver() || !stream.isDurable());
    streams.values().forEach(this::start);
  }

  void unsubscribe(LiveQuery<?> ended) {
    client.send(socket, "{\"type\":\"unsubscribe\",\"id\":\"" + ended.id() + "\"}");
    receive();
    live.remove(ended.id());
  }

  void cancel(TestStream<?> cancelled) {
    client.send(socket, "{\"type\":\"unsubscribe\",\"id\":\"" + cancelled.id() + "\"}");
    receive();
    streams.remove(cancelled.id());
  }

  private void request(LiveQuery<?> subscribed) {
    receive();
    client.send(socket, subscribeFrame(subscribed));
    receive();
    subscribed.seeded();
  }

  private static String subscribeFrame(LiveQuery<?> subscribed) {
    Map<String, Value> query = new LinkedHashMap<>();
    query.put("functionPath", new Value.Str(subscribed.call().path().text()));
    query.put("args", subscribed.call().args());
    Double cursor = subscribed.cursor();
    String epoch = subscribed.epoch();
    if (cursor != null && epoch != null) {
      query.put("sinceSeq", new Value.Num(cursor));
      query.put("sinceEpoch", new Value.Str(epoch));
    }
    Map<String, Value> frame = new LinkedHashMap<>();
    frame.put("type", new Value.Str("subscribe"));
    frame.put("id", new Value.Str(subscribed.id()));
    frame.put("query", new Value.Obj(query));
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(frame), json);
    return json.finish().toString();
  }

  /** Hands what has arrived to the subscriptions. */
  void receive() {
    for (String text : socket.drain()) {
      Frame frame = Frame.read(text);
      LiveQuery<?> subscribed = live.get(frame.id());
      TestStream<?> stream = streams.get(frame.id());
      if (subscribed != null) {
        subscribed.received(frame);
      } else if (stream != null) {
        stream.received(frame);
      } else {
        throw new AssertionError("a frame for no subscription of this connection: " + text);
      }
    }
  }
}
