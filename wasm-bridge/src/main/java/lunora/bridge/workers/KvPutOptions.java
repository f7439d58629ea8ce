package lunora.bridge.workers;

import lunora.wire.JsonText;
import org.teavm.jso.JSObject;

/**
 * How long a value of KV stays, and what is stored beside it. Each method adds to the options and
 * returns them.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/write-key-value-pairs/">Write key-value
 *     pairs</a>
 */
public final class KvPutOptions {

  private final JsOptions options = new JsOptions();

  /** For that many seconds, at least 60. */
  public KvPutOptions expiringIn(long seconds) {
    options.number("expirationTtl", (double) seconds);
    return this;
  }

  /** Until that many seconds after 1970, at least 60 from now. */
  public KvPutOptions expiringAt(long epochSeconds) {
    options.number("expiration", (double) epochSeconds);
    return this;
  }

  /** A JSON value of at most 1,024 bytes. */
  public KvPutOptions metadata(JsonText metadata) {
    options.value("metadata", JsonValues.parsed(metadata));
    return this;
  }

  JSObject js() {
    return options.js();
  }
}
