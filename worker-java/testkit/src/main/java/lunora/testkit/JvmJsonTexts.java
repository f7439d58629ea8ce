package lunora.testkit;

import lunora.host.local.JsonTexts;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** JSON texts as Java strings. */
public final class JvmJsonTexts implements JsonTexts {

  @Override
  public JsonSink sink() {
    return new JsonWriter();
  }

  @Override
  public JsonText concat(JsonText... parts) {
    StringBuilder out = new StringBuilder();
    for (JsonText part : parts) {
      out.append(part);
    }
    return JsonText.of(out.toString());
  }
}
