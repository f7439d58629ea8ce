package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lunora.bridge.raw.JsKvKey;
import lunora.bridge.raw.JsKvPage;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * One page of keys of a KV namespace.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/list-keys/">List keys</a>
 */
public final class KvPage {

  /**
   * A key.
   *
   * @param expirationSeconds since 1970; empty when it stays
   */
  public record Key(String name, OptionalLong expirationSeconds, @Nullable JsonText metadata) {}

  private final JsKvPage js;

  KvPage(JsKvPage js) {
    this.js = js;
  }

  public List<Key> keys() {
    JSArrayReader<JsKvKey> keys = js.getKeys();
    List<Key> list = new ArrayList<>(keys.getLength());
    for (int i = 0; i < keys.getLength(); i++) {
      list.add(key(keys.get(i)));
    }
    return list;
  }

  private static Key key(JsKvKey key) {
    double at = expiration(key);
    return new Key(
        key.getName(),
        at < 0 ? OptionalLong.empty() : OptionalLong.of((long) at),
        KvNamespace.metadata(key));
  }

  /** For the next page; null at the end. */
  public @Nullable String cursor() {
    return js.isComplete() ? null : js.getCursor();
  }

  @JSBody(
      params = "key",
      script = "return typeof key.expiration === 'number' ? key.expiration : -1;")
  private static native double expiration(JSObject key);
}
