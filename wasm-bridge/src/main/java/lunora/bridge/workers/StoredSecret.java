package lunora.bridge.workers;

import lunora.bridge.raw.JsStoredSecret;

/**
 * A secret of the account's Secrets Store.
 *
 * @see <a href="https://developers.cloudflare.com/secrets-store/integrations/workers/">Secrets
 *     Store</a>
 */
public final class StoredSecret {

  private final JsStoredSecret js;

  StoredSecret(JsStoredSecret js) {
    this.js = js;
  }

  /**
   * The secret. Not to be logged. Suspends.
   *
   * @throws lunora.bridge.value.JsException when the store has none of the name
   */
  public String get() {
    return Awaited.text(() -> js.get());
  }
}
