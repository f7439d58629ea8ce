package lunora.example;

import java.util.Optional;
import lunora.api.Action;
import lunora.api.ActionContext;
import lunora.api.Cron;
import lunora.api.Functions;
import lunora.api.Internal;
import lunora.api.JobRun;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Queue;
import lunora.api.QueueConsumer;
import lunora.api.Range;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;

/** Work for later. */
@Functions("jobs")
public final class Jobs {

  private static final Queue<String> ADDITIONS = Queue.of("JOBS", Codecs.STRING);

  private Jobs() {}

  /** Adds 1 to a counter after a while, however often that fails at first; answers the job's id. */
  @Mutation
  static String later(
      MutationContext ctx,
      String key,
      double delayMs,
      @Range(min = 0) Optional<Integer> failTimes) {
    // What a long cannot hold is no delay either; compiled, a cast would make some number of it.
    long delay = delayMs >= 0 && delayMs < 1e15 ? (long) delayMs : -1;
    return ctx.scheduler().runAfter(delay, JobsFunctions.run(key, failTimes.orElse(0)));
  }

  /** The job: it adds once, as its tries all have its id. */
  @Internal
  @Mutation
  static void run(MutationContext ctx, String key, int failTimes) {
    Optional<JobRun> job = ctx.job();
    if (job.isPresent() && job.get().attempt() <= failTimes) {
      throw new LunoraException(
          ErrorCode.CONFLICT, "try " + job.get().attempt() + " fails, as it was asked to");
    }
    Counters.add(ctx, key, 1);
  }

  /** Sends a message that adds 1 to a counter; nothing is sent when the mutation then fails. */
  @Mutation
  static void enqueue(MutationContext ctx, String key, Optional<Boolean> fail) {
    ctx.queue().send(ADDITIONS, key);
    if (fail.orElse(false)) {
      throw new LunoraException(ErrorCode.CONFLICT, "this mutation fails after its message");
    }
  }

  /** Takes the messages: each adds once, however often it comes. */
  @QueueConsumer("lunora-jobs")
  @Internal
  @Mutation
  static void added(MutationContext ctx, String key) {
    Counters.add(ctx, key, 1);
  }

  /** Takes the messages that failed too often, and counts them under another name. */
  @QueueConsumer("lunora-jobs-dead")
  @Internal
  @Mutation
  static void dead(MutationContext ctx, String key) {
    Counters.add(ctx, "dead:" + key, 1);
  }

  /** Counts the nights. */
  @Cron("0 4 * * *")
  @Internal
  @Mutation
  static void night(MutationContext ctx) {
    Counters.add(ctx, "nights", 1);
  }

  /** Takes a job back; answers whether it was there. */
  @Action
  static boolean cancel(ActionContext ctx, String id) {
    return ctx.scheduler().cancel(id);
  }
}
