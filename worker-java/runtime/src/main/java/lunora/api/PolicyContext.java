package lunora.api;

import java.util.Optional;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;

/** Who is calling: all that a row policy can ask. Never suspends. */
@FunctionalInterface
public interface PolicyContext {

  /** Who is calling; empty for an anonymous caller. */
  Optional<Identity> auth();

  /**
   * The signed-in user.
   *
   * @throws LunoraException {@code UNAUTHENTICATED} for an anonymous caller
   */
  default Identity user() {
    Optional<Identity> identity = auth();
    if (identity.isEmpty()) {
      throw new LunoraException(ErrorCode.UNAUTHENTICATED, "sign in first");
    }
    return identity.get();
  }
}
