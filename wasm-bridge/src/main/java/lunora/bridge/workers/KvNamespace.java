package lunora.bridge.workers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bridge.raw.JsKvNamespace;
import lunora.bridge.raw.JsKvPage;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * A Workers KV namespace: values that are read everywhere and, after a write, may be old for a
 * minute. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/">KV</a>
 */
public final class KvNamespace {

  /** A value with what was stored beside it. */
  public record Entry(String value, @Nullable JsonText metadata) {}

  private final JsKvNamespace js;

  KvNamespace(JsKvNamespace js) {
    this.js = js;
  }

  /** The value as text; null when there is none. */
  public @Nullable String text(String key) {
    JSObject found = Awaited.value(() -> js.get(key, type("text")));
    return found == null ? null : string(found).stringValue();
  }

  /** The value; null when there is none. */
  public byte @Nullable [] bytes(String key) {
    JSObject found = Awaited.value(() -> js.get(key, type("arrayBuffer")));
    return found == null ? null : JsBinary.toJava(found);
  }

  /** The value as it arrives; null when there is none. */
  public @Nullable ByteStream stream(String key) {
    JSObject found = Awaited.value(() -> js.get(key, type("stream")));
    return found == null ? null : new ByteStream(stream(found));
  }

  /** The values as text of at most 100 keys; those that are not there are left out. */
  public Map<String, String> texts(List<String> keys) {
    JSObject found = Awaited.object(Js.await(() -> js.get(JsOptions.strings(keys), type("text"))));
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> pair : StorageValues.pairs(found).entrySet()) {
      texts.put(pair.getKey(), String.valueOf(pair.getValue()));
    }
    return texts;
  }

  /** The value as text with its metadata; null when there is none. */
  public @Nullable Entry entry(String key) {
    JSObject found = Awaited.object(Js.await(() -> js.getWithMetadata(key, type("text"))));
    JSString value = value(found);
    if (value == null) {
      return null;
    }
    return new Entry(value.stringValue(), metadata(found));
  }

  /** Stores a text of at most 25 MiB. */
  public void put(String key, String text, KvPutOptions options) {
    Awaited.nothing(() -> js.put(key, JSString.valueOf(text), options.js()));
  }

  public void put(String key, byte[] bytes, KvPutOptions options) {
    Awaited.nothing(() -> js.put(key, JsBinary.toJs(bytes), options.js()));
  }

  /** Takes the value away, if there is one. */
  public void delete(String key) {
    Awaited.nothing(() -> js.delete(key));
  }

  /**
   * One page of keys in order.
   *
   * @param cursor of the page before; null for the first
   * @param limit 1 to 1,000
   */
  public KvPage list(String prefix, @Nullable String cursor, int limit) {
    JsOptions options = new JsOptions().with("prefix", prefix).with("cursor", cursor);
    JSObject asked = options.number("limit", limit).js();
    return new KvPage(page(Js.await(() -> js.list(asked))));
  }

  /** The platform's object. */
  public JsKvNamespace raw() {
    return js;
  }

  private static JSObject type(String type) {
    return new JsOptions().with("type", type).js();
  }

  static @Nullable JsonText metadata(JSObject holder) {
    JSString text = metadataText(holder);
    return text == null ? null : new JsText(text);
  }

  @JSBody(
      params = "holder",
      script =
          "var m = holder.metadata;"
              + "return m === undefined || m === null ? null : JSON.stringify(m);")
  private static native @Nullable JSString metadataText(JSObject holder);

  @JSBody(params = "value", script = "return value;")
  private static native JSString string(JSObject value);

  @JSBody(params = "found", script = "return found.value === undefined ? null : found.value;")
  private static native @Nullable JSString value(JSObject found);

  @JSBody(params = "value", script = "return value;")
  private static native JsReadableStream stream(JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsKvPage page(@Nullable JSObject value);
}
