package lunora.bridge.workers;

import lunora.bridge.raw.JsRateLimit;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A rate limit, whose numbers are in {@code wrangler.jsonc}. Each Cloudflare location counts by
 * itself, and not to the last call.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/">Rate
 *     limit</a>
 */
public final class RateLimiter {

  private final JsRateLimit js;

  RateLimiter(JsRateLimit js) {
    this.js = js;
  }

  /** Counts a call under the key; false when there were too many. Suspends. */
  public boolean allows(String key) {
    JSObject options = new JsOptions().with("key", key).js();
    return success(Js.await(() -> js.limit(options)));
  }

  @JSBody(params = "outcome", script = "return outcome.success === true;")
  private static native boolean success(@Nullable JSObject outcome);
}
