package lunora.api;

import org.jspecify.annotations.Nullable;

/**
 * How a job runs. Start from {@link #DEFAULT}.
 *
 * @param shardKey the shard whose function is called; null for the one that schedules
 * @param pool jobs of one pool share {@code poolSize}; null for none
 * @param poolSize how many jobs of the pool run at once; ignored without a pool
 * @param retry null for the deployment's policy
 */
public record JobOptions(
    @Nullable String shardKey, @Nullable String pool, int poolSize, @Nullable RetryPolicy retry) {

  /** This shard, no pool, the deployment's policy. */
  public static final JobOptions DEFAULT = new JobOptions(null, null, 0, null);

  /** The same on another shard. */
  public JobOptions onShard(String key) {
    return new JobOptions(key, pool, poolSize, retry);
  }

  /** The same in a pool, of which at most {@code size} jobs run at once. */
  public JobOptions inPool(String name, int size) {
    return new JobOptions(shardKey, name, size, retry);
  }

  /** The same with a retry policy of its own. */
  public JobOptions retrying(RetryPolicy policy) {
    return new JobOptions(shardKey, pool, poolSize, policy);
  }
}
