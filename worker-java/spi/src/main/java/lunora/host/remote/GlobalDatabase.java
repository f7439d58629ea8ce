package lunora.host.remote;

/**
 * The SQLite database that all shards and regions share. Its statements run in sessions, so that
 * nobody reads older data than what he has seen: replicas may lag behind the primary.
 *
 * @see <a href="https://developers.cloudflare.com/d1/best-practices/read-replication/">Read
 *     replication of D1</a>
 */
public interface GlobalDatabase {

  /** Where the first statement of a session may be answered. */
  enum Start {
    /** By the primary: the newest data. */
    PRIMARY,
    /** By any replica: perhaps stale, but near. */
    ANYWHERE
  }

  /** A new session. Never suspends. */
  GlobalSession start(Start where);

  /**
   * A session that sees at least what the bookmark's session saw. Never suspends.
   *
   * @param bookmark of {@link GlobalSession#bookmark}; one that is no bookmark is refused by the
   *     first statement, or, on a local run, taken for the newest
   */
  GlobalSession resume(String bookmark);
}
