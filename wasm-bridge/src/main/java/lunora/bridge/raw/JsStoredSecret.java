package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A secret of the account's Secrets Store.
 *
 * @see <a href="https://developers.cloudflare.com/secrets-store/integrations/workers/">Cloudflare
 *     documentation</a>
 */
public interface JsStoredSecret extends JSObject {

  /** A promise of a string. */
  JsPromise get();
}
