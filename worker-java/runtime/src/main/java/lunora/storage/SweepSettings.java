package lunora.storage;

import lunora.host.remote.BlobBucket;

/**
 * How objects that nothing names are deleted.
 *
 * <pre>{@code
 * Worker.of(app).sweep(SweepSettings.at("0 5 * * *").under("files/").namedBy("files:named"))
 * }</pre>
 *
 * @param cron the trigger's exact expression
 * @param prefix of the keys; others are not looked at
 * @param graceMs how old an object has to be, and for how long a URL has to have been useless
 * @param deletesMax how many objects one run deletes at most, and how many uploads it looks after,
 *     of which 400 are the most
 * @param dryRun whether it only counts
 * @param function one of the default shard, internal or not, that is asked {@code {keys}} and gives
 *     those of them that the app's rows name; empty for none
 */
public record SweepSettings(
    String cron, String prefix, long graceMs, int deletesMax, boolean dryRun, String function) {

  private static final long DAY_MS = 86_400_000;
  private static final long HOUR_MS = 3_600_000;
  private static final int DELETES_DEFAULT = 200;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException for a grace period under an hour, or deletes outside of 1 to
   *     {@link BlobBucket#DELETE_KEYS_MAX}
   */
  public SweepSettings {
    if (graceMs < HOUR_MS) {
      throw new IllegalArgumentException("a grace period is an hour or more, not " + graceMs);
    }
    if (deletesMax < 1 || deletesMax > BlobBucket.DELETE_KEYS_MAX) {
      throw new IllegalArgumentException(
          "1 to " + BlobBucket.DELETE_KEYS_MAX + " deletes a run, not " + deletesMax);
    }
  }

  /** A sweep of all keys by this trigger, with a grace period of a day and 200 deletes a run. */
  public static SweepSettings at(String cron) {
    return new SweepSettings(cron, "", DAY_MS, DELETES_DEFAULT, false, "");
  }

  /** The same for keys that begin so. */
  public SweepSettings under(String newPrefix) {
    return new SweepSettings(cron, newPrefix, graceMs, deletesMax, dryRun, function);
  }

  /** The same with another grace period, an hour or more. */
  public SweepSettings graceMs(long newGraceMs) {
    return new SweepSettings(cron, prefix, newGraceMs, deletesMax, dryRun, function);
  }

  /** The same with at most so many deletes a run. */
  public SweepSettings deletesMax(int newMax) {
    return new SweepSettings(cron, prefix, graceMs, newMax, dryRun, function);
  }

  /** The same, that only counts and logs. */
  public SweepSettings dryRun(boolean only) {
    return new SweepSettings(cron, prefix, graceMs, deletesMax, only, function);
  }

  /** The same, asking this function what the app's own rows name. */
  public SweepSettings namedBy(String newFunction) {
    return new SweepSettings(cron, prefix, graceMs, deletesMax, dryRun, newFunction);
  }
}
