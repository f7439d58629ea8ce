package lunora.host.local;

/**
 * The one alarm of a shard. Setting and taking back are part of the transaction that is running and
 * are undone with it. When it is due cannot be asked here, as the platform tells that only by a
 * promise: whoever sets it keeps the time in a table.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/">Alarms</a>
 */
public interface Alarm {

  /**
   * Sets it, in place of any other; a time that has passed goes off at once, after this event.
   *
   * @param epochMs from 1970 on
   * @throws IllegalArgumentException for a time before 1970
   */
  void set(long epochMs);

  /** Takes it back, if it is set; within its own run that also ends the retries of the run. */
  void delete();
}
