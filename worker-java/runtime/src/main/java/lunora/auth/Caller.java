package lunora.auth;

import java.util.Optional;
import lunora.api.Identity;
import lunora.api.JobRun;

/**
 * Who makes a call.
 *
 * @param identity the signed-in user, empty for an anonymous caller
 * @param origin whether a client asks or the system itself
 * @param job what the call is a try of, if it is one
 */
public record Caller(Optional<Identity> identity, Origin origin, Optional<JobRun> job) {

  /** A caller whose call is no try of anything. */
  public Caller(Optional<Identity> identity, Origin origin) {
    this(identity, origin, Optional.empty());
  }

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
    return origin == Origin.CLIENT ? new Caller(identity, Origin.FUNCTION, job) : this;
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
