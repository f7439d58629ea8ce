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
    /** The system (another function, a job, a cron): internal functions too. */
    SYSTEM
  }

  /** A client nobody knows. */
  public static final Caller ANONYMOUS = new Caller(Optional.empty(), Origin.CLIENT);

  /** The same caller acting for the system, as a function does that calls another. */
  public Caller asSystem() {
    return new Caller(identity, Origin.SYSTEM, job);
  }

  /** What tells results of different callers apart: the user's id, empty for an anonymous one. */
  public String userKey() {
    return identity.isPresent() ? identity.get().userId() : "";
  }
}
