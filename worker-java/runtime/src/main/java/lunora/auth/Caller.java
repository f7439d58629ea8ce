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
    /** A function that a client called: internal functions too, the client's rows only. */
    FUNCTION,
    /** The system (a job, a cron): internal functions too. */
    SYSTEM
  }

  /** A client nobody knows. */
  public static final Caller ANONYMOUS = new Caller(Optional.empty(), Origin.CLIENT);

  /** The system, on behalf of nobody. */
  public static final Caller THE_SYSTEM = new Caller(Optional.empty(), Origin.SYSTEM);

  /** Who calls when a function that this caller called calls another. */
  public Caller throughFunction() {
    return origin == Origin.CLIENT ? new Caller(identity, Origin.FUNCTION) : this;
  }

  /** Whether internal functions may be called. */
  public boolean isInside() {
    return origin != Origin.CLIENT;
  }

  /** Whether all rows are theirs: the system's, as long as it acts for no user. */
  public boolean isUnrestricted() {
    return origin == Origin.SYSTEM && identity.isEmpty();
  }

  /** What tells results of different callers apart: the user's id, empty for an anonymous one. */
  public String userKey() {
    return identity.isPresent() ? identity.get().userId() : "";
  }
}
