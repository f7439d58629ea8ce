package lunora.watch;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.changes.Change;
import lunora.changes.ChangeBoard;
import lunora.changes.Watching;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.global.GlobalCalls;
import lunora.global.GlobalStart;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.host.remote.GlobalSession;
import lunora.query.ReadSet;
import lunora.subscription.GlobalJob;
import lunora.subscription.GlobalListener;
import lunora.subscription.GlobalLive;
import lunora.subscription.GlobalRun;
import org.jspecify.annotations.Nullable;

/**
 * Runs one live query over global tables after another, in a fiber of its own while there are any.
 * Before a result is given out the shard is on the board of every table that was read, and the
 * result is at least as new as the last change the board knew: what comes later is told.
 */
public final class GlobalWatcher implements GlobalListener, Background.Task {

  private static final int TRIES = 4;
  private static final long RETRY_MS = 250;

  private final ShardHost host;
  private final Background background;
  private final GlobalLive live;
  private final GlobalCalls calls;
  private final Set<String> boards = new HashSet<>();
  private @Nullable String seen;
  private boolean newest;
  private boolean running;

  public GlobalWatcher(ShardHost host, Background background, GlobalLive live, GlobalCalls calls) {
    this.host = host;
    this.background = background;
    this.live = live;
    this.calls = calls;
  }

  /** A board tells of a change; what it is answered is one of {@link Watching}. Never suspends. */
  public String changed(Change change) {
    if (change.bookmark() == null) {
      newest = true;
    }
    seen = Change.later(seen, change.bookmark());
    boolean watched = live.changed(change.table());
    // A run at hand may have signed up for the table, and not know it yet.
    if (watched || running) {
      return Watching.SOMEBODY;
    }
    boards.remove(change.table());
    return Watching.NOBODY;
  }

  @Override
  public void due() {
    if (!running) {
      running = true;
      background.start(this);
    }
  }

  @Override
  public void run() {
    GlobalJob job = live.next();
    while (job != null) {
      perform(job);
      job = live.next();
    }
    running = false;
  }

  @Override
  public void failed(Throwable failure) {
    running = false;
    host.log().log(LogSink.Level.ERROR, "live queries over global tables broke off", failure);
  }

  /** What the app refuses is refused at once; what the database or a board did is tried again. */
  private void perform(GlobalJob job) {
    for (int attempt = 1; ; attempt++) {
      Tried tried = tried(job);
      GlobalRun run = tried.run();
      if (run != null) {
        live.ran(job, run);
        return;
      }
      RuntimeException failure = tried.failure();
      if (failure != null && (isRefusal(failure) || attempt == TRIES)) {
        live.failed(job, failure);
        return;
      }
      // Perhaps it was the bookmark, as after a restore: the primary has everything.
      seen = null;
      newest = true;
      background.timer().sleep(RETRY_MS * attempt);
    }
  }

  /** One of both. */
  private record Tried(@Nullable GlobalRun run, @Nullable RuntimeException failure) {}

  /** Apart, since TeaVM may lose the variables of a fiber in what catches. */
  private Tried tried(GlobalJob job) {
    try {
      GlobalRun run = current(job);
      return new Tried(run, null);
    } catch (RuntimeException e) {
      return new Tried(null, e);
    }
  }

  /** An object that is out of reach, as a board may be while it starts anew, refuses nothing. */
  private static boolean isRefusal(RuntimeException thrown) {
    return thrown instanceof LunoraException refused
        && !refused.code().equals(ErrorCode.SHARD_UNAVAILABLE.name())
        && !refused.code().equals(ErrorCode.SHARD_ERROR.name());
  }

  private GlobalRun current(GlobalJob job) {
    GlobalRun run = once(job.query(), job);
    Set<String> missing = missing(run);
    while (!missing.isEmpty()) {
      for (String table : missing) {
        String bookmark = ChangeBoard.watch(background.bindings(), table, host.shardKey());
        seen = Change.later(seen, bookmark);
        boards.add(table);
      }
      run = once(job.query(), job);
      missing = missing(run);
    }
    return run;
  }

  private Set<String> missing(GlobalRun run) {
    Set<String> missing = new LinkedHashSet<>(run.reads().tables());
    missing.removeAll(boards);
    return missing;
  }

  private <R extends @Nullable Object> GlobalRun once(
      FunctionDescriptor.OfGlobalQuery<R> query, GlobalJob job) {
    GlobalStart start = new GlobalStart(background.bindings(), newest ? null : seen);
    GlobalSession session = newest ? start.writing() : start.reading();
    newest = false;
    ReadSet reads = new ReadSet();
    R value = calls.run(query, job.args(), job.caller(), session, reads);
    seen = Change.later(seen, session.bookmark());
    return GlobalRun.of(value, query.signature().result(), host.texts(), reads);
  }
}
