package lunora.bridge.host;

import lunora.bridge.workers.WebCrypto;
import lunora.host.local.RandomSource;
import org.teavm.jso.JSBody;

/**
 * Web Crypto's randomness. Not to be used while the module loads: the platform refuses it there.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class CfRandom implements RandomSource {

  @Override
  public byte[] bytes(int count) {
    return WebCrypto.randomBytes(count);
  }

  @Override
  public double next() {
    return fraction();
  }

  @Override
  public String uuid() {
    return WebCrypto.randomUuid();
  }

  /** 53 random bits: 21 above, 32 below. */
  @JSBody(
      script =
          "var r = crypto.getRandomValues(new Uint32Array(2));"
              + "return ((r[0] >>> 11) * 4294967296 + r[1]) / 9007199254740992;")
  private static native double fraction();
}
