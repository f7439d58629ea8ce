package lunora.operator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.host.remote.Timer;
import lunora.inspect.ShardOps;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.rpc.ErrorBody;
import lunora.security.OperatorMark;
import lunora.subscription.OperatorListener;
import lunora.subscription.Peer;
import lunora.subscription.Subscriptions;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations that operators watch: once when they begin to, and again after writes, all of
 * them at most every {@link #REFRESH_EVERY_MS}, since some count every row. In fibers of their own,
 * so that no write waits; only {@link #run} and {@link Seed#run} suspend.
 */
public final class OperatorWatches implements OperatorListener, Background.Task {

  /** How often operators are told of writes at most. */
  static final long REFRESH_EVERY_MS = 500;

  private final ShardHost host;
  private final Background background;
  private final ShardOps operations;
  private final Subscriptions subscriptions;
  private final WatchList watches;
  private final WatchFrames frames;
  private final WatchRecord record;
  private final Set<String> written = new HashSet<>();
  private boolean running;
  private @Nullable String mark;

  public OperatorWatches(
      ShardHost host,
      Background background,
      ShardOps operations,
      Subscriptions subscriptions,
      Oplog oplog) {
    this.host = host;
    this.background = background;
    this.operations = operations;
    this.subscriptions = subscriptions;
    this.watches = new WatchList(host.sql());
    this.frames = new WatchFrames(host.texts(), oplog);
    this.record = new WatchRecord(host, background.bindings());
  }

  @Override
  public void watch(Peer peer, String id, String operation, Value.Obj args) {
    Watch watch = new Watch(peer.connectionId(), id, operation, args);
    watches.add(watch);
    background.start(new Seed(this, peer, watch));
  }

  @Override
  public int countOf(String connectionId) {
    return watches.countOf(connectionId);
  }

  @Override
  public void cancel(String connectionId, String id) {
    watches.remove(connectionId, id);
  }

  @Override
  public void closed(String connectionId) {
    watches.removeAll(connectionId);
  }

  @Override
  public void written(List<RowWrite<?>> writes) {
    if (writes.isEmpty() || watches.isEmpty()) {
      return;
    }
    for (RowWrite<?> write : writes) {
      written.add(write.table().name());
    }
    if (!running) {
      running = true;
      background.start(this);
    }
  }

  @Override
  public void run() {
    Timer timer = background.timer();
    timer.sleep(0);
    String expected = mark();
    while (!written.isEmpty()) {
      refresh(expected);
      timer.sleep(REFRESH_EVERY_MS);
    }
    running = false;
  }

  @Override
  public void failed(Throwable failure) {
    running = false;
    host.log().log(LogSink.Level.ERROR, "what operators watch is not refreshed", failure);
  }

  /** Of the token that there is now; empty for none. Variables stay while an object lives. */
  private String mark() {
    String known = mark;
    if (known == null) {
      String token = background.bindings().variable("LUNORA_ADMIN_TOKEN");
      known = "";
      if (token != null && !token.isBlank()) {
        known = OperatorMark.of(token, background.bindings().crypto());
      }
      mark = known;
    }
    return known;
  }

  private static boolean isOperator(Peer peer, String expected) {
    String own = peer.operator();
    return own != null && (own.equals(OperatorMark.GIVEN) || own.equals(expected));
  }

  private void refresh(String expected) {
    Set<String> tables = new HashSet<>(written);
    written.clear();
    for (Watch watch : watches.concernedBy(tables)) {
      push(watch, expected);
    }
  }

  private void push(Watch watch, String expected) {
    Peer peer = subscriptions.peer(watch.connectionId());
    if (peer == null) {
      closed(watch.connectionId());
      return;
    }
    if (!isOperator(peer, expected)) {
      cancel(watch.connectionId(), watch.id());
      refuse(peer, watch, new LunoraException(ErrorCode.FORBIDDEN, "the admin token has changed"));
      return;
    }
    Outcome outcome = outcome(watch);
    JsonText result = outcome.result();
    if (result == null) {
      // The operator keeps what he has, as who watches a query does.
      String line = watch.operation() + " could not be refreshed";
      host.log().log(LogSink.Level.ERROR, line, outcome.failure());
      return;
    }
    boolean same = watch.has(result);
    boolean taken = peer.send(frames.next(watch.id(), same ? null : result));
    watch.sent(taken ? result : null);
  }

  /** One of both. */
  private record Outcome(@Nullable JsonText result, @Nullable RuntimeException failure) {}

  /** Apart, since TeaVM loses the variables of a fiber in what catches. */
  private Outcome outcome(Watch watch) {
    try {
      return new Outcome(operations.read(watch.operation(), watch.args()), null);
    } catch (RuntimeException e) {
      return new Outcome(null, e);
    }
  }

  private void refuse(Peer peer, Watch watch, RuntimeException reason) {
    peer.send(frames.error(watch.id(), ErrorBody.of(reason, ErrorBody.Plane.SHARD)));
  }

  /** The first result. */
  private record Seed(OperatorWatches all, Peer peer, Watch watch) implements Background.Task {

    @Override
    public void run() {
      String expected = all.mark();
      if (!all.watches.has(watch)) {
        return;
      }
      if (!isOperator(peer, expected)) {
        all.cancel(watch.connectionId(), watch.id());
        peer.refuseOperator(watch.id());
        return;
      }
      if (peer.send(all.frames.ack(watch.id()))) {
        long begun = all.record.begin(watch);
        int status = all.seed(peer, watch);
        all.record.ended(begun, status);
      }
    }

    @Override
    public void failed(Throwable failure) {
      all.cancel(watch.connectionId(), watch.id());
      RuntimeException reason =
          failure instanceof RuntimeException thrown ? thrown : new IllegalStateException(failure);
      all.host.log().log(LogSink.Level.ERROR, watch.operation() + " could not be watched", failure);
      all.refuse(peer, watch, reason);
    }
  }

  /** Gives the first result, and its status for the record. Never suspends. */
  private int seed(Peer peer, Watch watch) {
    if (!watches.has(watch)) {
      return 200;
    }
    Outcome outcome = outcome(watch);
    JsonText result = outcome.result();
    RuntimeException failure = outcome.failure();
    if (failure != null) {
      cancel(watch.connectionId(), watch.id());
      refuse(peer, watch, failure);
      return ErrorBody.of(failure, ErrorBody.Plane.SHARD).status();
    }
    watches.keep(watch);
    if (result != null) {
      watch.sent(peer.send(frames.first(watch.id(), result)) ? result : null);
    }
    return 200;
  }
}
