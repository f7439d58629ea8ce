package lunora.auth;

import java.util.Optional;
import lunora.api.Identity;

/**
 * Who makes a call.
 *
 * @param identity the signed-in user, empty for an anonymous caller
 * @param origin whether a client asks or the system itself
 */
public record Caller(Optional<Identity> identity, Origin origin) {

  /** Where a call comes from. */
  public enum Origin {
    /** A client: public functions only. */
    CLIENT,
    /** The system (another function, a job, a cron): internal functions too. */
    SYSTEM
  }

  /** A client nobody knows. */
  public static final Caller ANONYMOUS = new Caller(Optional.empty(), Origin.CLIENT);

  /** The same caller acting for the system, as a function does that calls another. */
  public Caller asSystem() {
    return new Caller(identity, Origin.SYSTEM);
  }

  /** What tells results of different callers apart: the user's id, empty for an anonymous one. */
  public String userKey() {
    return identity.isPresent() ? identity.get().userId() : "";
  }
}
