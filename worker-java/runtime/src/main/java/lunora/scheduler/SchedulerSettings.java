package lunora.scheduler;

import java.util.List;
import java.util.Map;
import lunora.api.RetryPolicy;
import lunora.host.edge.CronTask;

/**
 * How a deployment runs its jobs.
 *
 * @param defaultShardKey the shard of jobs that name none
 * @param retry of jobs that have no policy of their own
 * @param tasks what cron triggers run in the Worker, by their expressions, to be run again here
 */
public record SchedulerSettings(
    String defaultShardKey, RetryPolicy retry, Map<String, List<CronTask>> tasks) {}
