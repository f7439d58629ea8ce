package lunora.migration;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;

/** Which way a migration goes. */
public enum Direction {
  UP("up"),
  DOWN("down");

  private final String wire;

  Direction(String wire) {
    this.wire = wire;
  }

  /** As it is sent and kept. */
  public String wire() {
    return wire;
  }

  /**
   * The direction of this name; up, where none is given.
   *
   * @throws LunoraException {@code INVALID_INPUT}
   */
  public static Direction of(@Nullable String name) {
    if (name == null || name.equals(UP.wire)) {
      return UP;
    }
    if (name.equals(DOWN.wire)) {
      return DOWN;
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`direction` is up or down");
  }
}
