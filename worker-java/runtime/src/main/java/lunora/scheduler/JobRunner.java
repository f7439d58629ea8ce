package lunora.scheduler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import lunora.api.RetryPolicy;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import org.jspecify.annotations.Nullable;

/**
 * Begins the jobs that are due, and judges how they ended. Every job is marked as running before it
 * is begun: one that is marked so in the store and not known here was lost in a crash, and is
 * treated as a try that failed. The alarm always stands at what is due next; while jobs run it
 * stands a few seconds ahead, so that a crash is noticed. Never suspends.
 */
final class JobRunner {

  /** How many jobs run at once. */
  static final int RUNNING_MAX = 100;

  /** After which the alarm looks for jobs that were lost in a crash. */
  static final long WATCH_MS = 5_000;

  /** After which a job is looked at again whose pool had no room. */
  static final long POOL_WAIT_MS = 1_000;

  private static final long SWEEP_EVERY_MS = 3_600_000;
  private static final int ERROR_LENGTH_MAX = 500;

  private final ShardHost host;
  private final Background background;
  private final JobStore store;
  private final SchedulerSettings settings;
  private final Set<String> running = new HashSet<>();
  private final Map<String, String> tickets = new HashMap<>();
  private Runnable changed = () -> {};
  private double sweptMs = Double.NEGATIVE_INFINITY;
  private double alarmMs = Double.NaN;

  JobRunner(ShardHost host, Background background, JobStore store, SchedulerSettings settings) {
    this.host = host;
    this.background = background;
    this.store = store;
    this.settings = settings;
  }

  /** What is to run when a job has changed its state. */
  void tell(Runnable listener) {
    changed = listener;
  }

  /** The scheduler woke: what an earlier life was running is lost. */
  void wake() {
    recover();
    arm();
  }

  /** The alarm went off: none is set. */
  void rung() {
    alarmMs = Double.NaN;
    run();
  }

  /** Begins what is due, as far as there is room, and sets the alarm for the rest. */
  private void run() {
    try {
      recover();
      begin();
      sweep();
    } finally {
      // Whatever was thrown: without an alarm nobody would ever come back.
      arm();
    }
  }

  private void recover() {
    for (StoredJob job : store.running()) {
      if (!running.contains(job.id())) {
        failed(job, "lost in a crash or restart");
      }
    }
  }

  private void begin() {
    long now = host.clock().nowMs();
    int room = RUNNING_MAX - running.size();
    List<StoredJob> due = room > 0 ? store.due(now, room) : List.of();
    for (StoredJob job : due) {
      String pool = job.request().options().pool();
      if (pool != null && store.countRunning(pool) >= job.request().options().poolSize()) {
        store.postpone(job.id(), now + POOL_WAIT_MS);
      } else {
        store.begin(job.id());
        running.add(job.id());
        background.start(new JobTry(this, job, settings, background, host));
        changed.run();
      }
    }
  }

  /**
   * A job that was begun has ended.
   *
   * @param failure null when it ended well
   */
  void ended(StoredJob job, @Nullable String failure) {
    if (!running.remove(job.id())) {
      return;
    }
    tickets.remove(job.id());
    if (failure == null) {
      store.end(job.id(), host.clock().nowMs());
    } else {
      StoredJob begun = store.find(job.id()).orElse(job);
      failed(begun, failure);
    }
    changed.run();
    run();
  }

  /** A try failed that others made. */
  void failedElsewhere(StoredJob job, String failure) {
    failed(job, failure);
    arm();
  }

  /** A word by which the Worker tells that a job it is asked for comes from here. */
  String ticket(StoredJob job) {
    String ticket = host.random().uuid();
    tickets.put(job.id(), ticket);
    return ticket;
  }

  /** Whether the job runs now and the word is its. */
  boolean holds(String id, @Nullable String ticket) {
    return ticket != null && ticket.equals(tickets.get(id));
  }

  private void failed(StoredJob job, String failure) {
    RetryPolicy own = job.request().options().retry();
    RetryPolicy policy = own == null ? settings.retry() : own;
    String error =
        failure.length() <= ERROR_LENGTH_MAX ? failure : failure.substring(0, ERROR_LENGTH_MAX);
    String what = "job " + job.id() + ", " + job.request().functionPath();
    if (job.attempts() <= policy.retries()) {
      long due = host.clock().nowMs() + policy.delayMs(job.attempts());
      store.retry(job.id(), due, error);
      host.log().log(
          LogSink.Level.WARN, what + " failed, try " + job.attempts() + ": " + error, null);
    } else {
      store.bury(job.id(), error);
      host.log().log(LogSink.Level.ERROR, what + " is given up: " + error, null);
    }
  }

  /** Sets the alarm for what is due next, and takes it back when that is nothing. */
  void arm() {
    OptionalLong due = store.nextDueMs();
    boolean full = running.size() >= RUNNING_MAX;
    long watch = host.clock().nowMs() + WATCH_MS;
    if (!running.isEmpty() && (full || due.isEmpty() || due.getAsLong() > watch)) {
      arm(alarmMs > host.clock().nowMs() && alarmMs < watch ? (long) alarmMs : watch);
    } else if (due.isPresent()) {
      arm(due.getAsLong());
    } else if (!Double.isNaN(alarmMs)) {
      alarmMs = Double.NaN;
      host.alarm().delete();
    }
  }

  private void arm(long atMs) {
    // One of the past was lost, as happens when the clock is set: it is set again.
    if (atMs != alarmMs || atMs < host.clock().nowMs()) {
      alarmMs = atMs;
      host.alarm().set(atMs);
    }
  }

  private void sweep() {
    long now = host.clock().nowMs();
    if (now - sweptMs >= SWEEP_EVERY_MS) {
      sweptMs = now;
      store.sweep(now);
    }
  }
}
