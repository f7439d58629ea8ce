package lunora.bridge.host;

import lunora.host.local.RandomSource;
import org.teavm.jso.JSBody;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * Web Crypto's randomness. Not to be used while the module loads: the platform refuses it there.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class CfRandom implements RandomSource {

  /** The platform's limit for one call. */
  private static final int BYTES_MAX = 65_536;

  @Override
  public byte[] bytes(int count) {
    if (count < 1 || count > BYTES_MAX) {
      throw new IllegalArgumentException("1 to " + BYTES_MAX + " random bytes, not " + count);
    }
    return fill(count).copyToJavaArray();
  }

  @Override
  public double next() {
    return fraction();
  }

  @Override
  public String uuid() {
    return newUuid();
  }

  @JSBody(params = "count", script = "return crypto.getRandomValues(new Int8Array(count));")
  private static native Int8Array fill(int count);

  /** 53 random bits: 21 above, 32 below. */
  @JSBody(
      script =
          "var r = crypto.getRandomValues(new Uint32Array(2));"
              + "return ((r[0] >>> 11) * 4294967296 + r[1]) / 9007199254740992;")
  private static native double fraction();

  @JSBody(script = "return crypto.randomUUID();")
  private static native String newUuid();
}
