package lunora.bridge.workers;

import lunora.bridge.raw.JsDigestStream;
import lunora.bridge.raw.JsStreamWriter;
import lunora.bridge.value.JsBinary;

/**
 * A digest of data that is written in parts. Every method suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors">DigestStream</a>
 */
public final class DigestStream {

  private final JsDigestStream js;
  private final JsStreamWriter writer;

  DigestStream(JsDigestStream js) {
    this.js = js;
    this.writer = js.getWriter();
  }

  /**
   * Adds the next part.
   *
   * @throws lunora.bridge.value.JsException after {@link #finish}
   */
  public void write(byte[] part) {
    Awaited.nothing(() -> writer.write(JsBinary.toJs(part)));
  }

  /**
   * The digest of all parts.
   *
   * @throws lunora.bridge.value.JsException the second time
   */
  public byte[] finish() {
    Awaited.nothing(() -> writer.close());
    return Awaited.bytes(() -> js.getDigest());
  }
}
