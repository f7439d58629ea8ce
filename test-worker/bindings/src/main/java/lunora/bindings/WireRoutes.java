package lunora.bindings;

import lunora.bridge.value.JsJsonSink;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.Json;
import lunora.wire.StableKey;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;

/** The wire codec on this target: JSON text in, JSON text out. */
final class WireRoutes {

  private WireRoutes() {}

  static WorkersResponse answer(String action, String text) {
    try {
      return switch (action) {
        case "codec" -> codec(text);
        case "json" -> written(Json.read(text));
        case "key" -> WorkersResponse.text(200, StableKey.of(WireCodec.decode(Json.read(text))));
        default -> WorkersResponse.text(404, action);
      };
    } catch (WireFormatException e) {
      return WorkersResponse.text(422, String.valueOf(e.getMessage()));
    }
  }

  /** Decoded and encoded; twice, as the second time has to be a fixed point. */
  private static WorkersResponse codec(String text) {
    Value once = WireCodec.encode(WireCodec.decode(Json.read(text)));
    JsJsonSink sink = new JsJsonSink();
    Json.write(once, sink);
    String written = sink.finish().toString();
    Value again = WireCodec.encode(WireCodec.decode(Json.read(written)));
    return again.equals(once) ? written(once) : WorkersResponse.text(500, "no fixed point");
  }

  private static WorkersResponse written(Value json) {
    JsJsonSink sink = new JsJsonSink();
    Json.write(json, sink);
    return WorkersResponse.json(200, sink.finish());
  }
}
