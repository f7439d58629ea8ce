package lunora.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.ServerCall;
import lunora.wire.Json;
import lunora.wire.JsonSink;
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
    try {
      return of(Json.read(body));
    } catch (WireFormatException e) {
      throw refused("RPC body must be valid JSON").withHint(String.valueOf(e.getMessage()));
    }
  }

  private static RpcEnvelope of(Value json) {
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

  /**
   * A call that a program wants to send: checked, with nothing in it but what belongs there, and
   * its arguments in wire form.
   *
   * @throws LunoraException {@code BAD_REQUEST} that says what is wrong with it
   */
  public static Value.Obj checked(Value call) {
    RpcEnvelope envelope = of(call);
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("functionPath", new Value.Str(envelope.functionPath));
    try {
      fields.put("args", WireCodec.encode(envelope.args));
    } catch (WireFormatException e) {
      throw refused("the arguments: " + e.getMessage());
    }
    if (envelope.shardKey != null) {
      fields.put("shardKey", new Value.Str(envelope.shardKey));
    }
    if (envelope.fanOut != null) {
      fields.put("fanOut", envelope.fanOut);
    }
    return new Value.Obj(fields);
  }

  /**
   * Writes the body of a server's own call.
   *
   * @throws LunoraException {@code BAD_REQUEST} when it names no function, or for arguments that
   *     the protocol cannot carry
   */
  public static void write(ServerCall call, JsonSink sink) {
    String path = call.functionPath();
    if (path == null) {
      throw refused("the reference names no function");
    }
    sink.raw("{\"functionPath\":").string(path).raw(",\"args\":");
    try {
      WireCodec.write(call.args(), sink);
    } catch (WireFormatException e) {
      throw refused("the arguments: " + e.getMessage());
    }
    String shardKey = call.shardKey();
    if (shardKey != null) {
      sink.raw(",\"shardKey\":").string(shardKey);
    }
    sink.raw("}");
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
