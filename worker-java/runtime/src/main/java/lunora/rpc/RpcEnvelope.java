package lunora.rpc;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call: {@code {"functionPath", "args"?, "shardKey"?, "fanOut"?}}.
 *
 * @param args as JSON, not yet decoded
 * @param shardKey null for the default shard
 * @param fanOut present when the call is for many shards
 */
public record RpcEnvelope(
    String functionPath, Value.Obj args, @Nullable String shardKey, @Nullable Value fanOut) {

  /** The largest body of a call, in bytes. */
  public static final int BODY_BYTES_MAX = 1_048_576;

  private static final Value.Obj NO_ARGS = new Value.Obj(Map.of());

  /**
   * Reads a body.
   *
   * @throws LunoraException {@code BAD_REQUEST} that says what is wrong with it
   */
  public static RpcEnvelope read(String body) {
    Value json;
    try {
      json = Json.read(body);
    } catch (WireFormatException e) {
      throw refused("RPC body must be valid JSON").withHint(String.valueOf(e.getMessage()));
    }
    if (!(json instanceof Value.Obj object)) {
      throw refused("RPC body must be a JSON object");
    }
    Map<String, Value> fields = object.fields();
    if (!(fields.get("functionPath") instanceof Value.Str path)) {
      throw refused("RPC envelope is missing `functionPath`");
    }
    Value fanOut = fields.get("fanOut");
    String shardKey = shardKey(fields.get("shardKey"));
    if (shardKey != null && fanOut != null) {
      throw refused("RPC envelope has both `shardKey` and `fanOut`: send one of them");
    }
    return new RpcEnvelope(path.value(), args(fields.get("args")), shardKey, fanOut);
  }

  static Value.Obj args(@Nullable Value value) {
    if (value == null) {
      return NO_ARGS;
    }
    if (value instanceof Value.Obj args) {
      return args;
    }
    throw refused("RPC `args` must be a plain object");
  }

  private static @Nullable String shardKey(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Value.Str key) {
      return key.value();
    }
    throw refused("RPC `shardKey` must be a string");
  }

  /**
   * The arguments as values.
   *
   * @throws LunoraException {@code BAD_REQUEST} if a tagged value is malformed
   */
  public Value.Obj decodedArgs() {
    try {
      return (Value.Obj) WireCodec.decode(args);
    } catch (WireFormatException e) {
      throw refused("RPC `args` failed wire decoding: " + e.getMessage());
    }
  }

  static LunoraException refused(String message) {
    return new LunoraException(ErrorCode.BAD_REQUEST, message);
  }
}
