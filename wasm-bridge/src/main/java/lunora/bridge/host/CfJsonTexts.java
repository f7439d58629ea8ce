package lunora.bridge.host;

import lunora.bridge.value.JsJsonSink;
import lunora.host.local.JsonTexts;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** Splices JSON texts as native strings. */
public final class CfJsonTexts implements JsonTexts {

  @Override
  public JsonSink sink() {
    return new JsJsonSink();
  }

  @Override
  public JsonText concat(JsonText... parts) {
    JsJsonSink sink = new JsJsonSink();
    for (JsonText part : parts) {
      sink.json(part);
    }
    return sink.finish();
  }
}
