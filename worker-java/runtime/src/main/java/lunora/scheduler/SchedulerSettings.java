package lunora.scheduler;

import lunora.api.RetryPolicy;

/**
 * How a deployment runs its jobs.
 *
 * @param defaultShardKey the shard of jobs that name none
 * @param retry of jobs that have no policy of their own
 */
public record SchedulerSettings(String defaultShardKey, RetryPolicy retry) {}
