package lunora.testkit;

import java.util.OptionalLong;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import org.jspecify.annotations.Nullable;

/**
 * A shard in its Durable Object: it makes the engine when the first event arrives, hands it events
 * one at a time and runs deferred work after each.
 */
public final class FakeShard implements AutoCloseable {

  private final FakeShardHost host;
  private final Engine engine;
  private @Nullable ShardHandler handler;
  private int wakes;

  /** Makes the engine of a shard. */
  @FunctionalInterface
  public interface Engine {
    ShardHandler open(ShardHost host, Background background);
  }

  /** A shard that sleeps until its first event. It closes the host with itself. */
  public FakeShard(FakeShardHost host, Engine engine) {
    this.host = host;
    this.engine = engine;
  }

  /** Delivers a request. Events may come from within an action, as while it awaits something. */
  public HttpResponse fetch(HttpRequest request) {
    HttpResponse answer = awake().fetch(request, new FakeActionHost(request, host));
    host.background().afterEvent();
    return answer;
  }

  /** Delivers a request and evicts the shard before any deferred work runs; sockets stay. */
  public HttpResponse fetchThenEvict(HttpRequest request) {
    HttpResponse answer = awake().fetch(request, new FakeActionHost(request, host));
    host.deferred().forget();
    handler = null;
    return answer;
  }

  /** Delivers an upgrade that the engine has to accept. */
  public FakeSocket connect(HttpRequest request) {
    if (fetch(request) instanceof FakeUpgrade upgrade) {
      return upgrade.socket();
    }
    throw new IllegalStateException("the upgrade was refused: " + request.url());
  }

  /** Delivers a text frame of the socket's client. */
  public void message(FakeSocket socket, String frame) {
    if (!socket.isOpen()) {
      throw new IllegalStateException("a closed socket receives nothing: " + frame);
    }
    awake().socketMessage(socket, frame);
    host.background().afterEvent();
  }

  /** The client goes away, and the engine hears of it. */
  public void disconnect(FakeSocket socket) {
    socket.drop();
    awake().socketClosed(socket);
    host.background().afterEvent();
  }

  /**
   * Runs the alarm if it is due. A run that throws is logged, and due again after 2, 4, 8, 16, 32
   * and 64 seconds; unlike on the platform, what it wrote stays.
   *
   * @return whether it was due
   */
  public boolean ring() {
    FakeAlarm alarm = host.alarm();
    OptionalLong due = alarm.scheduledMs();
    if (due.isEmpty() || due.getAsLong() > host.clock().nowMs()) {
      return false;
    }
    ShardHandler engine = awake();
    int retries = alarm.retryCount();
    alarm.begin();
    try {
      engine.alarm(new AlarmEvent(retries, due.getAsLong()), FakeActionHost.withoutRequest(host));
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "alarm failed", e);
      alarm.failed(retries, host.clock().nowMs());
    }
    host.background().afterEvent();
    return true;
  }

  /** Forgets the engine and keeps storage and sockets: the next event makes a new engine. */
  public void hibernate() {
    if (host.sql().inTransaction()
        || host.deferred().pending() > 0
        || host.background().running() > 0) {
      throw new IllegalStateException("a shard with work at hand does not hibernate");
    }
    handler = null;
  }

  /** Forced out of memory: engine and work at hand are gone, storage and sockets stay. */
  public void evict() {
    handler = null;
    host.deferred().forget();
    host.background().forget();
  }

  /** A crash or deploy: engine, deferred work and sockets are gone, the database is reopened. */
  public void restart() {
    evict();
    host.sockets().dropAll();
    host.sql().reopen();
  }

  /** How often an engine was made. */
  public int wakes() {
    return wakes;
  }

  /** The fakes below the engine. */
  public FakeShardHost host() {
    return host;
  }

  @Override
  public void close() {
    host.close();
  }

  private ShardHandler awake() {
    if (host.sql().inTransaction()) {
      throw new IllegalStateException("an event cannot arrive within a transaction");
    }
    ShardHandler running = handler;
    if (running == null) {
      running = engine.open(host.host(), host.background());
      handler = running;
      wakes++;
    }
    return running;
  }
}
