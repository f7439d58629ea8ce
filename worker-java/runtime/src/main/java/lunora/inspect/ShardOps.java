package lunora.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** The operations of the admin plane that a shard knows, by name. Never suspends. */
public final class ShardOps {

  private final Map<String, ShardOp> byName = new LinkedHashMap<>();

  /** Adds an operation under a name such as {@code listTables}. */
  public ShardOps add(String name, ShardOp op) {
    byName.put(name, op);
    return this;
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
