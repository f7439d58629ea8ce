package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.oplog.Oplog;
import lunora.oplog.RowWrite;
import lunora.query.ReadSet;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Keeps watched queries up to date: the first result of each subscription, and after a write the
 * next result of those it affects (protocol sections 7.1 and 7.3).
 */
final class LiveUpdates {

  /** What a run takes, measured in subscribers that a result is sent to. */
  private static final int RUN_WORK = 16;

  /** Work up to which the mutation's answer waits for the refresh: about a millisecond. */
  private static final int SHORT_WORK_MAX = 160;

  private final ShardHost host;
  private final Oplog oplog;
  private final LiveQueries live;
  private final LiveRunner runner;
  private final ServerFrames frames;
  private final Delivery delivery;
  private final Refusals refusals;
  private final Resume resume;
  private final Set<LiveQuery> stale = new LinkedHashSet<>();
  private final List<RowWrite<?>> unmatched = new ArrayList<>();
  private boolean refreshQueued;

  LiveUpdates(
      ShardHost host,
      Oplog oplog,
      LiveQueries live,
      LiveRunner runner,
      ServerFrames frames,
      Delivery delivery,
      Refusals refusals) {
    this.host = host;
    this.oplog = oplog;
    this.live = live;
    this.runner = runner;
    this.frames = frames;
    this.delivery = delivery;
    this.refusals = refusals;
    this.resume = new Resume(oplog);
  }

  /**
   * Subscribes a socket to a query and sends it the result, or that it still has it.
   *
   * @param since what the client says it has seen, or null
   * @throws lunora.error.LunoraException what the arguments or the query refuse
   */
  void watch(
      Socket socket,
      Connection connection,
      String id,
      FunctionDescriptor.OfQuery<?> query,
      Value.Obj args,
      ClientFrame.@Nullable Since since) {
    LiveQuery shared = live.shared(query.signature().path().text(), args, connection.caller());
    LiveQuery watched =
        shared != null && isFresh(shared)
            ? shared
            : taken(connection.caller(), query, args, runner.run(query, args, connection.caller()));
    join(socket, connection, id, watched, since);
  }

  /** Subscribes a socket to a query that somebody else ran, and sends it the result. */
  LiveQuery watchRun(
      Socket socket,
      Connection connection,
      String id,
      FunctionDescriptor<?> query,
      Value.Obj args,
      LiveRunner.Run run) {
    LiveQuery watched = taken(connection.caller(), query, args, run);
    join(socket, connection, id, watched, null);
    return watched;
  }

  private LiveQuery taken(
      Caller caller, FunctionDescriptor<?> query, Value.Obj args, LiveRunner.Run run) {
    LunoraException refusal = runner.refusal(run.result());
    if (refusal != null) {
      throw refusal;
    }
    LiveQuery shared = live.shared(query.signature().path().text(), args, caller);
    return take(shared, query, args, caller, run);
  }

  /** Subscribes a socket to a live query and sends it the result. */
  void join(
      Socket socket,
      Connection connection,
      String id,
      LiveQuery watched,
      ClientFrame.@Nullable Since since) {
    Subscriber subscriber = new Subscriber(connection.connectionId(), id);
    delivery.bind(subscriber, socket, connection);
    live.subscribe(subscriber, watched);
    subscriber.setCurrent(sendSeed(socket, subscriber, watched, since));
  }

  /** Whether the last result is what another run would give. */
  boolean isFresh(LiveQuery query) {
    return query.result() != null && query.reads().isRepeatable() && !stale.contains(query);
  }

  /** Puts a fresh run under the live query it belongs to. */
  private LiveQuery take(
      @Nullable LiveQuery shared,
      FunctionDescriptor<?> query,
      Value.Obj args,
      Caller caller,
      LiveRunner.Run run) {
    boolean personal = run.reads().dependsOn(ReadSet.Ambient.IDENTITY);
    boolean fits =
        shared != null && (!personal || !shared.key().audience().equals(Audience.EVERYBODY));
    if (shared == null || !fits) {
      return live.create(query, args, caller, run.reads(), run.result());
    }
    markBehind(shared, run.result());
    live.ran(shared, run.reads(), run.result());
    return shared;
  }

  /** Others saw an earlier result: unless it is the same, their next frame is a whole one. */
  private static void markBehind(LiveQuery query, LiveResult next) {
    LiveResult previous = query.result();
    if (previous == null || !previous.text().sameAs(next.text())) {
      for (Subscriber each : query.subscribers()) {
        each.setCurrent(false);
      }
    }
  }

  private boolean sendSeed(
      Socket socket, Subscriber subscriber, LiveQuery query, ClientFrame.@Nullable Since since) {
    LiveResult result = query.result();
    if (result == null) {
      throw new IllegalStateException("a live query is seeded after its first run");
    }
    boolean resumes = since != null && resume.resumes(since, query.reads());
    Position position = new Position(oplog.head(), oplog.epoch());
    return socket.send(
        resumes
            ? host.texts().concat(subscriber.resumeHead(frames), frames.positionTail(position))
            : host.texts()
                .concat(subscriber.dataHead(frames), frames.dataTail(result.text(), position)));
  }

  /** Takes note of a committed mutation's writes; affected subscriptions are refreshed shortly. */
  void written(List<RowWrite<?>> writes) {
    if (writes.isEmpty() || live.isEmpty()) {
      return;
    }
    if (live.isWhole()) {
      stale.addAll(live.affectedBy(writes));
    } else {
      // Matching may have to load what outlived a hibernation: the answer does not wait for that.
      unmatched.addAll(writes);
    }
    if (!(stale.isEmpty() && unmatched.isEmpty()) && !refreshQueued) {
      refreshQueued = true;
      if (unmatched.isEmpty() && isShort(stale)) {
        host.deferred().inThisTurn(this::refresh);
      } else {
        host.deferred().afterResponse(this::refresh);
      }
    }
  }

  /** Whether refreshing takes so little that no answer has to go first. */
  private static boolean isShort(Set<LiveQuery> queries) {
    int work = 0;
    for (LiveQuery query : queries) {
      work += RUN_WORK + query.subscriberCount();
      if (work > SHORT_WORK_MAX) {
        return false;
      }
    }
    return true;
  }

  /** Brings every subscription that a write has made stale up to date. */
  void refresh() {
    refreshQueued = false;
    if (!unmatched.isEmpty()) {
      stale.addAll(live.affectedBy(unmatched));
      unmatched.clear();
    }
    if (stale.isEmpty()) {
      return;
    }
    Set<LiveQuery> due = new LinkedHashSet<>(stale);
    stale.clear();
    Position position = new Position(oplog.head(), oplog.epoch());
    for (LiveQuery query : due) {
      try {
        refresh(query, position);
      } catch (RuntimeException e) {
        // Its subscribers keep what they have; the next write anywhere tries again.
        host.log().log(LogSink.Level.ERROR, query.key().path() + " could not be refreshed", e);
        stale.add(query);
      }
    }
  }

  private void refresh(LiveQuery query, Position position) {
    if (query.subscriberCount() == 0 || live.numbered(query.number()) != query) {
      return;
    }
    if (!(query.query() instanceof FunctionDescriptor.OfQuery<?> own)) {
      return;
    }
    ReadSet reads = new ReadSet();
    LiveResult next;
    try {
      next = runner.run(own, query.args(), query.caller(), reads);
    } catch (RuntimeException e) {
      if (asksAnew(query, reads)) {
        partWays(query, own);
        return;
      }
      live.failed(query, reads);
      throw e;
    }
    if (asksAnew(query, reads)) {
      partWays(query, own);
      return;
    }
    deliver(query, reads, next, position);
  }

  /** Sends what another run of a global query gave to those who do not have it yet. */
  void ran(LiveQuery query, LiveRunner.Run run) {
    if (query.everybodyHas(run.result())) {
      live.ran(query, run.reads(), run.result());
    } else {
      deliver(query, run.reads(), run.result(), new Position(oplog.head(), oplog.epoch()));
    }
  }

  /** A subscriber's open socket, or null. */
  @Nullable Socket socketOf(Subscriber subscriber) {
    return delivery.socketOf(subscriber);
  }

  private void deliver(LiveQuery query, ReadSet reads, LiveResult next, Position position) {
    LunoraException refusal = runner.refusal(next);
    if (refusal != null) {
      refuseAll(query, refusal);
      return;
    }
    LiveResult previous = query.result();
    live.ran(query, reads, next);
    List<Subscriber> gone = delivery.deliver(query, previous, next, position);
    if (!gone.isEmpty()) {
      gone.forEach(each -> live.forget(each.connectionId()));
      live.forgetLost();
    }
  }

  /** The result has become too long to be sent: its subscribers are told, and are none any more. */
  private void refuseAll(LiveQuery query, LunoraException reason) {
    for (Subscriber each : query.subscribersNow()) {
      Socket socket = delivery.socketOf(each);
      if (socket != null) {
        refusals.refuse(socket, each.id(), reason);
      }
      LiveQueries.Subscription subscription = live.find(each.connectionId(), each.id());
      if (subscription != null) {
        live.unsubscribe(subscription);
      }
    }
  }

  /** Whether a query that was everybody's has asked who is calling. */
  static boolean asksAnew(LiveQuery query, ReadSet reads) {
    return reads.dependsOn(ReadSet.Ambient.IDENTITY)
        && query.key().audience().equals(Audience.EVERYBODY);
  }

  /**
   * The query has come to ask who is calling: each of its subscribers gets a result of their own.
   */
  private void partWays(LiveQuery query, FunctionDescriptor.OfQuery<?> own) {
    List<Subscriber> subscribers = query.subscribersNow();
    // All leave before the first comes back, or it would find the shared result again.
    for (Subscriber each : subscribers) {
      LiveQueries.Subscription former = live.find(each.connectionId(), each.id());
      if (former != null) {
        live.unsubscribe(former);
      }
    }
    for (Subscriber each : subscribers) {
      Socket socket = delivery.socketOf(each);
      Connection connection = each.connection();
      if (socket != null && connection != null) {
        try {
          watch(socket, connection, each.id(), own, query.args(), null);
        } catch (RuntimeException e) {
          refusals.refuse(socket, each.id(), e);
        }
      }
    }
  }
}
