package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSMethod;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The identity of one Durable Object.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/id/">Cloudflare
 *     documentation</a>
 */
public interface JsDurableObjectId extends JSObject {

  /** The name, for an object that was addressed by one. */
  @JSProperty
  @Nullable String getName();

  /** Where the object must stay, when that was asked for. */
  @JSProperty
  @Nullable String getJurisdiction();

  @JSMethod("equals")
  boolean same(JsDurableObjectId other);

  /** 64 hexadecimal digits. */
  @JSMethod("toString")
  String hex();
}
