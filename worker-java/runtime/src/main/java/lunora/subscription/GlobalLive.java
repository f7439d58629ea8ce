package lunora.subscription;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.query.ReadSet;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The live queries of a shard over global tables. They stand in the registry of all live queries;
 * what tells them apart is that their runs take waiting. Those are somebody else's: he asks for the
 * {@link #next} and says what came of it. A write is known by its table only, so it makes every
 * query stale that read the table. Never suspends.
 */
public final class GlobalLive {

  private final ShardHost host;
  private final LiveQueries live;
  private final LiveUpdates updates;
  private final Refusals refusals;
  private final Map<String, Map<String, GlobalJob>> waiting = new LinkedHashMap<>();
  private final Set<GlobalJob> queue = new LinkedHashSet<>();
  private final Set<LiveQuery> stale = new LinkedHashSet<>();
  private final Set<String> changedMeanwhile = new HashSet<>();
  private GlobalListener listener = GlobalListener.NONE;

  GlobalLive(ShardHost host, LiveQueries live, LiveUpdates updates, Refusals refusals) {
    this.host = host;
    this.live = live;
    this.updates = updates;
    this.refusals = refusals;
  }

  /** Sets who runs them; once, before the first frame. */
  public void serve(GlobalListener runner) {
    listener = runner;
  }

  /** Subscribes a socket: with a result that is there, or with one to come. */
  void watch(
      Socket socket,
      Connection connection,
      String id,
      FunctionDescriptor.OfGlobalQuery<?> query,
      Value.Obj args) {
    LiveQuery shared = fresh(query, args, connection);
    if (shared != null) {
      updates.join(socket, connection, id, shared, null);
      return;
    }
    GlobalJob job = GlobalJob.of(query, args, new GlobalJob.Waiting(socket, connection, id));
    waiting.computeIfAbsent(connection.connectionId(), c -> new LinkedHashMap<>()).put(id, job);
    queue.add(job);
    listener.due();
  }

  /** How many subscriptions of a socket wait for their first result. */
  int countOf(String connectionId) {
    Map<String, GlobalJob> own = waiting.get(connectionId);
    return own == null ? 0 : own.size();
  }

  /** A client wants no more of a subscription, if it waits for its first result. */
  void cancel(String connectionId, String id) {
    Map<String, GlobalJob> own = waiting.get(connectionId);
    GlobalJob job = own == null ? null : own.remove(id);
    if (own != null && job != null) {
      queue.remove(job);
      if (own.isEmpty()) {
        waiting.remove(connectionId);
      }
    }
  }

  /** A socket is gone. */
  void closed(String connectionId) {
    Map<String, GlobalJob> own = waiting.remove(connectionId);
    if (own != null) {
      queue.removeAll(own.values());
    }
  }

  /**
   * A table was written to, here or elsewhere.
   *
   * @return whether anybody here watches it, or may be about to
   */
  public boolean changed(String table) {
    changedMeanwhile.add(table);
    Set<LiveQuery> readers = live.readersOf(table);
    stale.addAll(readers);
    if (!readers.isEmpty()) {
      listener.due();
    }
    return !readers.isEmpty() || !waiting.isEmpty();
  }

  /** What is to be run next; null for nothing. Who waits for a first result comes first. */
  public @Nullable GlobalJob next() {
    changedMeanwhile.clear();
    while (!queue.isEmpty()) {
      GlobalJob job = queue.iterator().next();
      queue.remove(job);
      GlobalJob.Waiting client = job.waiting();
      if (client == null || !joins(job, client)) {
        return job;
      }
    }
    while (!stale.isEmpty()) {
      LiveQuery query = stale.iterator().next();
      stale.remove(query);
      GlobalJob job = GlobalJob.of(query);
      if (job != null && live.numbered(query.number()) == query && query.subscriberCount() > 0) {
        return job;
      }
    }
    return null;
  }

  /** Whether somebody else's run, made since the client began to wait, answers him as well. */
  private boolean joins(GlobalJob job, GlobalJob.Waiting client) {
    Connection connection = Connection.of(client.socket());
    LiveQuery shared = fresh(job.query(), job.args(), connection);
    if (shared == null) {
      return false;
    }
    cancel(connection.connectionId(), client.id());
    try {
      updates.join(client.socket(), connection, client.id(), shared, null);
    } catch (RuntimeException e) {
      refusals.refuse(client.socket(), client.id(), e);
    }
    return true;
  }

  /** A live query whose last result is what another run would give, or null. */
  private @Nullable LiveQuery fresh(
      FunctionDescriptor.OfGlobalQuery<?> query, Value.Obj args, Connection connection) {
    String path = query.signature().path().text();
    LiveQuery shared = live.shared(path, args, connection.caller());
    boolean usable = shared != null && !stale.contains(shared) && updates.isFresh(shared);
    return usable ? shared : null;
  }

  /** A job was run. */
  public void ran(GlobalJob job, GlobalRun run) {
    LiveQuery query = job.live();
    GlobalJob.Waiting client = job.waiting();
    if (query != null) {
      refreshed(query, run.run());
    } else if (client != null && isAwaited(job, client)) {
      cancel(client.connection().connectionId(), client.id());
      seed(job, client, run.run());
    }
  }

  /** Only if the client still waits for this very subscription. */
  private boolean isAwaited(GlobalJob job, GlobalJob.Waiting client) {
    Map<String, GlobalJob> own = waiting.get(client.connection().connectionId());
    return own != null && own.get(client.id()) == job;
  }

  private void seed(GlobalJob job, GlobalJob.Waiting client, LiveRunner.Run run) {
    // The client may have announced itself meanwhile.
    Connection connection = Connection.of(client.socket());
    try {
      LiveQuery watched =
          updates.watchRun(client.socket(), connection, client.id(), job.query(), job.args(), run);
      outdated(watched, run.reads());
    } catch (RuntimeException e) {
      refusals.refuse(client.socket(), client.id(), e);
    }
  }

  private void refreshed(LiveQuery query, LiveRunner.Run run) {
    if (live.numbered(query.number()) != query) {
      return;
    }
    try {
      if (LiveUpdates.asksAnew(query, run.reads())) {
        partWays(query);
      } else {
        updates.ran(query, run);
        outdated(query, run.reads());
      }
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, query.key().path() + " could not be sent", e);
    }
  }

  /** A change that came while the query ran may not be in its result. */
  private void outdated(LiveQuery query, ReadSet reads) {
    for (String table : reads.tables()) {
      if (changedMeanwhile.contains(table)) {
        stale.add(query);
      }
    }
  }

  /** The query has come to ask who is calling: each gets a result of their own. */
  private void partWays(LiveQuery query) {
    GlobalJob job = GlobalJob.of(query);
    List<Subscriber> subscribers = query.subscribersNow();
    for (Subscriber each : subscribers) {
      LiveQueries.Subscription former = live.find(each.connectionId(), each.id());
      if (former != null) {
        live.unsubscribe(former);
      }
    }
    for (Subscriber each : subscribers) {
      Socket socket = updates.socketOf(each);
      Connection connection = each.connection();
      if (job != null && socket != null && connection != null) {
        watch(socket, connection, each.id(), job.query(), job.args());
      }
    }
  }

  /** A job failed for good: who waits is refused, who watches keeps what he has. */
  public void failed(GlobalJob job, RuntimeException thrown) {
    LiveQuery query = job.live();
    GlobalJob.Waiting client = job.waiting();
    if (query != null) {
      String line = query.key().path() + " could not be refreshed";
      host.log().log(LogSink.Level.ERROR, line, thrown);
      // The result that is kept is none to give to others.
      query.forgetResult();
    } else if (client != null && isAwaited(job, client)) {
      cancel(client.connection().connectionId(), client.id());
      refusals.refuse(client.socket(), client.id(), thrown);
    }
  }
}
