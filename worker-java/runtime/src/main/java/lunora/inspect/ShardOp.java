package lunora.inspect;

import lunora.wire.JsonText;
import lunora.wire.Value;

/** One operation of the admin plane in a shard. */
@FunctionalInterface
public interface ShardOp {

  /**
   * Carries it out. Never suspends.
   *
   * @param args decoded, not yet looked at
   * @return the result on the wire
   * @throws lunora.error.LunoraException what the operator gets as an error
   */
  JsonText run(Value.Obj args);
}
