package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsCryptoKey;
import lunora.bridge.raw.JsDigestStream;
import lunora.bridge.raw.JsSubtleCrypto;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * Web Crypto. Not to be used while the module loads: the platform has no randomness there.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class WebCrypto {

  /** The platform's limit for one call of {@link #randomBytes}. */
  public static final int RANDOM_BYTES_MAX = 65_536;

  private WebCrypto() {}

  /** The digest of the data. Suspends. */
  public static byte[] digest(HashAlgorithm algorithm, byte[] data) {
    return Awaited.bytes(() -> subtle().digest(algorithm.code(), JsBinary.toJs(data)));
  }

  /**
   * A key for HMAC. Suspends.
   *
   * @throws lunora.bridge.value.JsException for an empty secret
   */
  public static HmacKey hmacKey(HashAlgorithm algorithm, byte[] secret) {
    JSObject hmac = new JsOptions().with("name", "HMAC").with("hash", algorithm.code()).js();
    JSObject usages = JsOptions.strings(List.of("sign", "verify"));
    JSObject bytes = JsBinary.toJs(secret);
    return new HmacKey(
        subtle(), key(Js.await(() -> subtle().importKey("raw", bytes, hmac, false, usages))));
  }

  /** A digest of data that comes in parts. Does not suspend. */
  public static DigestStream digestStream(HashAlgorithm algorithm) {
    return Js.call(() -> new DigestStream(newDigestStream(algorithm.code())));
  }

  /**
   * A public key that verifies signatures. Suspends.
   *
   * @param jwk a JSON Web Key
   * @throws lunora.bridge.value.JsException when it is no key for the algorithm
   */
  public static VerifyKey verifyKey(SignatureScheme scheme, JsonText jwk) {
    JSObject usages = JsOptions.strings(List.of("verify"));
    JSObject read = JsonValues.parsed(jwk);
    JSObject parameters = scheme.parameters();
    JsCryptoKey imported =
        key(Js.await(() -> subtle().importKey("jwk", read, parameters, false, usages)));
    return new VerifyKey(subtle(), scheme, imported);
  }

  /** Whether both are the same, in a time that does not tell where they differ. */
  public static boolean timingSafeEqual(byte[] a, byte[] b) {
    return a.length == b.length && subtle().timingSafeEqual(JsBinary.toJs(a), JsBinary.toJs(b));
  }

  /**
   * Random bytes.
   *
   * @param count 1 to {@link #RANDOM_BYTES_MAX}
   */
  public static byte[] randomBytes(int count) {
    if (count < 1 || count > RANDOM_BYTES_MAX) {
      throw new IllegalArgumentException(
          "1 to " + RANDOM_BYTES_MAX + " random bytes, not " + count);
    }
    return fill(count).copyToJavaArray();
  }

  /** A random UUID of version 4, in lower case. */
  public static String randomUuid() {
    return newUuid();
  }

  @JSBody(script = "return crypto.subtle;")
  private static native JsSubtleCrypto subtle();

  @JSBody(params = "value", script = "return value;")
  private static native JsCryptoKey key(@Nullable JSObject value);

  @JSBody(params = "algorithm", script = "return new crypto.DigestStream(algorithm);")
  private static native JsDigestStream newDigestStream(String algorithm);

  @JSBody(params = "count", script = "return crypto.getRandomValues(new Int8Array(count));")
  private static native Int8Array fill(int count);

  @JSBody(script = "return crypto.randomUUID();")
  private static native String newUuid();
}
