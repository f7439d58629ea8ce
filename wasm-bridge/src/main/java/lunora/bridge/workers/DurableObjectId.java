package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectId;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSString;

/**
 * The identity of one Durable Object. Equal by its digits.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/id/">Durable Object ID</a>
 */
public final class DurableObjectId {

  private final JsDurableObjectId js;

  DurableObjectId(JsDurableObjectId js) {
    this.js = js;
  }

  /** The name it was made from; null for a unique id and for one read from its digits. */
  public @Nullable String name() {
    JSString name = name(js);
    return name == null ? null : name.stringValue();
  }

  /** 64 hexadecimal digits, good for {@link DurableObjects#idFromString}. */
  @Override
  public String toString() {
    return js.hex();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DurableObjectId id && js.same(id.js);
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The platform's object. */
  public JsDurableObjectId raw() {
    return js;
  }

  @JSBody(params = "id", script = "return typeof id.name === 'string' ? id.name : null;")
  private static native @Nullable JSString name(JsDurableObjectId id);
}
