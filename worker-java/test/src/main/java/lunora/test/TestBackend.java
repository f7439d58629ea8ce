package lunora.test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.Identity;
import lunora.boot.Worker;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeGlobalDatabase;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeMessageQueue;
import lunora.testkit.FakeQueueBatch;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import org.jspecify.annotations.Nullable;

/**
 * An app with all its shards in one JVM: the Worker's edge, real SQLite in memory, a clock that
 * stands still until the test moves it, and a network in which only what the test names answers.
 * Ids and random numbers are the same in every run.
 *
 * <p>Its own calls are those of an anonymous client of the default shard; {@link #as} and {@link
 * #shard} give others. The test that makes a backend closes it.
 */
public final class TestBackend implements AutoCloseable {

  /** Where the app is deployed, as far as it knows. */
  public static final String ORIGIN = "https://app.test";

  private static final String TOKEN_HEADER = "authorization";

  private final AppModule app;
  private final FakeClock clock = new FakeClock();
  private final FakeFetcher fetcher = new FakeFetcher();
  private final Map<String, Identity> identityByToken = new HashMap<>();
  private final WorkerHandler edge;
  private final TestObjects objects;
  private final FakeWorkerHost workerHost = new FakeWorkerHost(fetcher);
  private final TestClient anonymous;

  private TestBackend(AppModule app, UnaryOperator<Worker> configured) {
    this.app = app;
    Worker worker =
        configured.apply(Worker.of(app).authenticate((request, host) -> identify(request)));
    this.edge = worker.edge();
    this.objects = new TestObjects(worker, clock, fetcher, workerHost);
    this.anonymous = new TestClient(this, null, null);
  }

  /** The app as {@code Worker.of(app)} deploys it. */
  public static TestBackend of(AppModule app) {
    return new TestBackend(app, worker -> worker);
  }

  /**
   * The app deployed with more than that.
   *
   * @param configured adds to the worker, such as {@code worker -> worker.authorizeShard(...)}. One
   *     that sets its own authenticator puts it in the place of {@link #as}.
   */
  public static TestBackend of(AppModule app, UnaryOperator<Worker> configured) {
    return new TestBackend(app, configured);
  }

  /** A client who is signed in as this user, without further claims. */
  public TestClient as(String userId) {
    return anonymous.as(userId);
  }

  /** A client who is signed in. */
  public TestClient as(Identity identity) {
    return anonymous.as(identity);
  }

  /** An anonymous client of a named shard. */
  public TestClient shard(String shardKey) {
    return anonymous.shard(shardKey);
  }

  /** See {@link TestClient#query}. */
  public <R extends @Nullable Object> R query(FunctionCall<R> call) {
    return anonymous.query(call);
  }

  /** See {@link TestClient#mutation}. */
  public <R extends @Nullable Object> R mutation(FunctionCall<R> call) {
    return anonymous.mutation(call);
  }

  /** See {@link TestClient#action}. */
  public <R extends @Nullable Object> R action(FunctionCall<R> call) {
    return anonymous.action(call);
  }

  /** See {@link TestClient#rpc}. */
  public TestResponse rpc(String body) {
    return anonymous.rpc(body);
  }

  /** See {@link TestClient#connect}. */
  public TestConnection connect() {
    return anonymous.connect();
  }

  /** See {@link TestClient#subscribe}. */
  public <R extends @Nullable Object> LiveQuery<R> subscribe(FunctionCall<R> call) {
    return anonymous.subscribe(call);
  }

  /** See {@link TestClient#stream}. */
  public <T extends @Nullable Object> TestStream<T> stream(FunctionCall<T> call) {
    return anonymous.stream(call);
  }

  /**
   * The clock of all shards. Streams that sleep go on as it is advanced; jobs begin only when
   * {@link #advance} does it.
   */
  public FakeClock clock() {
    return clock;
  }

  /** Moves the clock forward and runs the jobs that become due, each at its time. */
  public void advance(long ms) {
    new Alarms(clock, objects.all()).advance(ms);
  }

  /**
   * Binds a queue, which keeps its messages until {@link #deliver}.
   *
   * @param binding of the producer
   * @param name the queue's, by which its consumer knows it
   * @param retriesMax after which a message is a dead letter
   */
  public FakeMessageQueue bindQueue(String binding, String name, int retriesMax) {
    FakeMessageQueue queue = new FakeMessageQueue(name, clock, retriesMax);
    workerHost.bind(binding, queue);
    return queue;
  }

  /** Binds a global database, which the test migrates and closes. */
  public void bindDatabase(String binding, FakeGlobalDatabase database) {
    workerHost.bind(binding, database);
  }

  /** Delivers what is due in a queue, at most 100 messages; what fails is due again later. */
  public void deliver(FakeMessageQueue queue) {
    FakeQueueBatch batch = queue.next(100);
    boolean threw = false;
    try {
      edge.queue(batch, workerHost);
    } catch (RuntimeException e) {
      workerHost.log().log(LogSink.Level.ERROR, "a batch failed", e);
      threw = true;
    }
    queue.settle(batch, threw);
  }

  /** A cron trigger fires for this moment; its jobs begin as {@link #advance} runs them. */
  public void fire(String cron) {
    edge.scheduled(new CronEvent(cron, clock.nowMs()), workerHost);
  }

  /** The fakes below the scheduler: its jobs, its alarm, its log. */
  public FakeShardHost schedulerHost() {
    return objects.schedulers().shard("default").host();
  }

  /** Lets a shard run into the time limit of every fan-out from now on. */
  public void stall(String shardKey) {
    objects.shards().stall(shardKey);
  }

  /** Lets every request to a shard fail from now on. */
  public void cutOff(String shardKey) {
    objects.shards().cutOff(shardKey);
  }

  /** Ends what {@link #cutOff} began. */
  public void reconnect(String shardKey) {
    objects.shards().reconnect(shardKey);
  }

  /** The fakes below the registry of shards. */
  public FakeShardHost registryHost() {
    return objects.registries().shard("__lunora_shard_registry__").host();
  }

  /**
   * The network that actions see; {@code backend.network().answer(TestBackend.ORIGIN + "/x", 200)}.
   */
  public FakeFetcher network() {
    return fetcher;
  }

  /** The fakes below one shard: its database with the statements it ran, its sockets, its log. */
  public FakeShardHost host(String shardKey) {
    return objects.shards().shard(shardKey).host();
  }

  /** Evicts every shard from memory; storage and sockets stay, as on the platform. */
  public void hibernate() {
    objects.each(FakeShard::hibernate);
  }

  /** Forces every shard from memory, with whatever streams it runs; storage and sockets stay. */
  public void evict() {
    objects.each(FakeShard::evict);
  }

  /** Crashes every shard: what was committed stays, sockets are cut. */
  public void restart() {
    objects.each(FakeShard::restart);
  }

  /** Sends any request through the edge. */
  public TestResponse fetch(FakeHttpRequest request) {
    return TestResponse.of(answer(request));
  }

  @Override
  public void close() {
    objects.all().forEach(LoopbackShardNamespace::close);
  }

  HttpResponse answer(FakeHttpRequest request) {
    HttpResponse answer = edge.fetch(request, workerHost);
    return answer instanceof FakeForeign passedOn ? passedOn.inner() : answer;
  }

  /** The registry of shards and the boards of global tables. */
  LoopbackShardNamespace registries() {
    return objects.registries();
  }

  FakeShard shardOf(String shardKey) {
    return objects.shards().shard(shardKey);
  }

  /** Signs the request: the authenticator below finds the identity again. */
  void sign(FakeHttpRequest request, Identity identity) {
    String token = "Test " + identityByToken.size();
    identityByToken.put(token, identity);
    request.header(TOKEN_HEADER, token);
  }

  private Optional<Identity> identify(HttpRequest request) {
    return Optional.ofNullable(identityByToken.get(String.valueOf(request.header(TOKEN_HEADER))));
  }

  void expectKind(FunctionKind kind, FunctionCall<?> call) {
    FunctionKind actual = FunctionKind.of(app, call.path());
    if (actual != kind) {
      throw new IllegalArgumentException(
          call.path() + " is " + actual.described() + ", not " + kind.described());
    }
  }
}
