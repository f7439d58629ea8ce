package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.rpc.RpcEnvelope;
import lunora.wire.Value;

/**
 * A call for all shards of a table, by somebody who may make it.
 *
 * @param table whose shards are asked
 * @param merge how their answers become one, as the client wrote it
 * @param call the function and its arguments
 * @param headers what each shard is told of the caller
 */
public record FanOutCall(
    Optional<Identity> identity,
    String table,
    Value.Obj merge,
    RpcEnvelope call,
    Map<String, String> headers) {

  /**
   * The table that a call names.
   *
   * @throws LunoraException {@code BAD_REQUEST} when it names none
   */
  static String table(Value fanOut) {
    if (fanOut instanceof Value.Obj object
        && object.fields().get("table") instanceof Value.Str table
        && !table.value().isEmpty()) {
      return table.value();
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "`fanOut.table` must name a table");
  }

  /**
   * The merge that a call asks for.
   *
   * @throws LunoraException {@code BAD_REQUEST} when it asks for none
   */
  static Value.Obj merge(Value fanOut) {
    if (fanOut instanceof Value.Obj object
        && object.fields().get("merge") instanceof Value.Obj merge) {
      return merge;
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "`fanOut.merge` must be an object");
  }
}
