package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;

/**
 * One page of keys.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/list-keys/">Cloudflare documentation</a>
 */
public interface JsKvPage extends JSObject {

  @JSProperty
  JSArrayReader<JsKvKey> getKeys();

  @JSProperty("list_complete")
  boolean isComplete();

  @JSProperty
  @Nullable String getCursor();
}
