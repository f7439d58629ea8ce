package lunora.presence;

/**
 * How presence is kept.
 *
 * @param ttlMs how long after its last heartbeat a session counts as present
 * @param graceMs how long a session stays after its socket closed; 0 to at most the time to live
 * @param membersMax the most sessions of a room that are read for its list
 */
public record PresenceSettings(long ttlMs, long graceMs, int membersMax) {

  /** 30 seconds, gone at once, 512 sessions. */
  public static final PresenceSettings DEFAULT = new PresenceSettings(30_000, 0, 512);

  public PresenceSettings {
    if (ttlMs <= 0 || graceMs < 0 || membersMax <= 0) {
      throw new IllegalArgumentException("presence settings have to be positive");
    }
    graceMs = Math.min(graceMs, ttlMs);
  }

  /** The last heartbeat of sessions that can be deleted by now. */
  double deletableAt(double nowMs) {
    return nowMs - ttlMs - Math.max(graceMs, ttlMs);
  }
}
