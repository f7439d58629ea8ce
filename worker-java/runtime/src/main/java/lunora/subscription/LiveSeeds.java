package lunora.subscription;

import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.oplog.Oplog;
import lunora.query.ReadSet;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The first result of each subscription, and the live query that it belongs to. */
final class LiveSeeds {

  private final ShardHost host;
  private final Oplog oplog;
  private final LiveQueries live;
  private final LiveRunner runner;
  private final ServerFrames frames;
  private final Delivery delivery;
  private final Resume resume;

  LiveSeeds(
      ShardHost host,
      Oplog oplog,
      LiveQueries live,
      LiveRunner runner,
      ServerFrames frames,
      Delivery delivery) {
    this.host = host;
    this.oplog = oplog;
    this.live = live;
    this.runner = runner;
    this.frames = frames;
    this.delivery = delivery;
    this.resume = new Resume(oplog);
  }

  /** Subscribes a socket to a query that somebody else ran, and sends it the result. */
  LiveQuery watchRun(
      Socket socket,
      Connection connection,
      String id,
      FunctionDescriptor<?> query,
      Value.Obj args,
      LiveRunner.Run run) {
    LiveQuery shared = live.shared(query.signature().path().text(), args, connection.caller());
    LiveQuery watched = taken(shared, query, args, connection.caller(), run);
    join(socket, connection, id, watched, null);
    return watched;
  }

  /**
   * Puts a fresh run under the live query it belongs to.
   *
   * @param shared the one that the caller would share, or null
   */
  LiveQuery taken(
      @Nullable LiveQuery shared,
      FunctionDescriptor<?> query,
      Value.Obj args,
      Caller caller,
      LiveRunner.Run run) {
    LunoraException refusal = runner.refusal(run.result());
    if (refusal != null) {
      throw refusal;
    }
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
}
