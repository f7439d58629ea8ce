package lunora.bridge.edge;

import java.util.Map;
import lunora.bridge.value.JsValueReader;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.ServerCall;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** A call of {@code serverQuery}. */
final class CfServerCall implements ServerCall {

  private static final Value.Obj NO_ARGS = new Value.Obj(Map.of());

  private final ServerCallObject js;

  CfServerCall(ServerCallObject js) {
    this.js = js;
  }

  @Override
  public @Nullable String functionPath() {
    JSString path = path(js);
    return path == null ? null : path.stringValue();
  }

  @Override
  public Value args() {
    JSObject args = args(js);
    if (args == null) {
      return NO_ARGS;
    }
    try {
      return JsValueReader.read(args);
    } catch (IllegalArgumentException e) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "the arguments: " + e.getMessage());
    }
  }

  @Override
  public @Nullable String shardKey() {
    JSString key = shardKey(js);
    return key == null ? null : key.stringValue();
  }

  @JSBody(
      params = "call",
      script =
          "var path = call.ref && call.ref.__lunoraRef;"
              + "return typeof path === 'string' ? path : null;")
  private static native @Nullable JSString path(ServerCallObject call);

  @JSBody(params = "call", script = "return call.args === undefined ? null : call.args;")
  private static native @Nullable JSObject args(ServerCallObject call);

  @JSBody(
      params = "call",
      script =
          "return call.shardKey === undefined || call.shardKey === null"
              + " ? null : String(call.shardKey);")
  private static native @Nullable JSString shardKey(ServerCallObject call);
}
