package lunora.test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.api.FunctionCall;
import lunora.api.Identity;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeSocket;
import lunora.testkit.FakeUpgrade;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** One user's way to one shard. Immutable: {@link #as} and {@link #shard} give other clients. */
public final class TestClient {

  private static final String DEFAULT_SHARD = "__root__";

  private final TestBackend backend;
  private final @Nullable Identity identity;
  private final @Nullable String shardKey;

  TestClient(TestBackend backend, @Nullable Identity identity, @Nullable String shardKey) {
    this.backend = backend;
    this.identity = identity;
    this.shardKey = shardKey;
  }

  /** The same shard as another user, without further claims. */
  public TestClient as(String userId) {
    return as(new Identity(userId, new Value.Obj(Map.of())));
  }

  /** The same shard as another user. */
  public TestClient as(Identity other) {
    return new TestClient(backend, other, shardKey);
  }

  /** The same user at a named shard. */
  public TestClient shard(String key) {
    return new TestClient(backend, identity, key);
  }

  /**
   * Runs a query and reads its answer.
   *
   * @throws lunora.error.LunoraException the refusal as the client sees it
   */
  public <R extends @Nullable Object> R query(FunctionCall<R> call) {
    backend.expectKind(FunctionKind.QUERY, call);
    return call(call);
  }

  /** Runs a mutation, and the refreshes it causes; throws as {@link #query} does. */
  public <R extends @Nullable Object> R mutation(FunctionCall<R> call) {
    backend.expectKind(FunctionKind.MUTATION, call);
    return call(call);
  }

  /** Runs an action; throws as {@link #query} does. */
  public <R extends @Nullable Object> R action(FunctionCall<R> call) {
    backend.expectKind(FunctionKind.ACTION, call);
    return call(call);
  }

  /** Posts any text to the RPC endpoint, well-formed or not; a shard is what the text says. */
  public TestResponse rpc(String body) {
    return TestResponse.of(
        backend.answer(signed(FakeHttpRequest.post(TestBackend.ORIGIN + "/_lunora/rpc", body))));
  }

  /**
   * Watches a query over a connection of its own, as a client that merges deltas.
   *
   * @throws lunora.error.LunoraException when the subscription is refused
   */
  public <R extends @Nullable Object> LiveQuery<R> subscribe(FunctionCall<R> call) {
    return connect().subscribe(call);
  }

  /**
   * Starts a stream over a connection of its own.
   *
   * @throws lunora.error.LunoraException when the stream is refused
   */
  public <T extends @Nullable Object> TestStream<T> stream(FunctionCall<T> call) {
    return connect().stream(call);
  }

  /** Opens a socket as a client that merges deltas. */
  public TestConnection connect() {
    return new TestConnection(this, TestConnection.Merging.DELTAS);
  }

  /** Opens a socket as a client that takes whole results only. */
  public TestConnection connectWithoutDeltas() {
    return new TestConnection(this, TestConnection.Merging.NONE);
  }

  private <R extends @Nullable Object> R call(FunctionCall<R> call) {
    Map<String, Value> envelope = new LinkedHashMap<>();
    envelope.put("functionPath", new Value.Str(call.path().text()));
    envelope.put("args", call.args());
    if (shardKey != null) {
      envelope.put("shardKey", new Value.Str(shardKey));
    }
    JsonWriter body = new JsonWriter();
    WireCodec.write(new Value.Obj(envelope), body);
    return Results.read(call, rpc(body.finish().toString()).result());
  }

  FakeSocket openSocket() {
    String url = TestBackend.ORIGIN + "/_lunora/ws";
    if (shardKey != null) {
      url += "?shard=" + URLEncoder.encode(shardKey, StandardCharsets.UTF_8);
    }
    HttpResponse answer = backend.answer(signed(FakeHttpRequest.upgrade(url)));
    if (answer instanceof FakeUpgrade upgrade) {
      return upgrade.socket();
    }
    throw TestResponse.of(answer).refusal();
  }

  void send(FakeSocket socket, String frame) {
    backend.shardOf(key()).message(socket, frame);
  }

  void disconnect(FakeSocket socket) {
    backend.shardOf(key()).disconnect(socket);
  }

  void expectQuery(FunctionCall<?> call) {
    backend.expectKind(FunctionKind.QUERY, call);
  }

  void expectStream(FunctionCall<?> call) {
    backend.expectKind(FunctionKind.STREAM, call);
  }

  private String key() {
    return shardKey == null ? DEFAULT_SHARD : shardKey;
  }

  private FakeHttpRequest signed(FakeHttpRequest request) {
    if (identity != null) {
      backend.sign(request, identity);
    }
    return request;
  }
}
