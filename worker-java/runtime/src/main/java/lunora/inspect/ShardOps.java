package lunora.inspect;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** The operations of the admin plane that a shard knows, by name. Never suspends. */
public final class ShardOps {

  private final Map<String, ShardOp> byName = new LinkedHashMap<>();
  private final Set<String> reading = new HashSet<>();

  /** Adds an operation under a name such as {@code listTables}. */
  public ShardOps add(String name, ShardOp op) {
    byName.put(name, op);
    return this;
  }

  /** Adds one that only reads, so that sockets can watch it. */
  public ShardOps addReading(String name, ShardOp op) {
    reading.add(name);
    return add(name, op);
  }

  /**
   * Carries out an operation that only reads.
   *
   * @throws LunoraException {@code UNKNOWN_ADMIN_OP} for any other
   */
  public JsonText read(String name, Value.Obj args) {
    if (!reading.contains(name)) {
      throw new LunoraException(
          ErrorCode.UNKNOWN_ADMIN_OP, "there is no such admin operation to subscribe to");
    }
    return run(name, args);
  }

  /**
   * Carries out an operation and gives its result on the wire.
   *
   * @throws LunoraException {@code UNKNOWN_ADMIN_OP}, and what the operation refuses
   */
  public JsonText run(String name, Value.Obj args) {
    ShardOp op = byName.get(name);
    if (op == null) {
      throw new LunoraException(ErrorCode.UNKNOWN_ADMIN_OP, "there is no such admin operation");
    }
    return op.run(args);
  }
}
