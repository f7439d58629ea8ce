package lunora.bridge.workers;

import java.util.Map;
import lunora.bridge.value.JsBinary;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * What is stored with an object of R2, and what is checked before. Each method adds to the options
 * and returns them.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2putoptions">R2PutOptions</a>
 */
public final class R2PutOptions {

  private final JsOptions options = new JsOptions();
  private final JsOptions http = new JsOptions();

  /** Options that say nothing. */
  public R2PutOptions() {
    options.value("httpMetadata", http.js());
  }

  public R2PutOptions contentType(String type) {
    http.with("contentType", type);
    return this;
  }

  public R2PutOptions contentDisposition(String disposition) {
    http.with("contentDisposition", disposition);
    return this;
  }

  public R2PutOptions contentEncoding(String encoding) {
    http.with("contentEncoding", encoding);
    return this;
  }

  public R2PutOptions contentLanguage(String language) {
    http.with("contentLanguage", language);
    return this;
  }

  public R2PutOptions cacheControl(String control) {
    http.with("cacheControl", control);
    return this;
  }

  /** The app's own, at most 8,192 bytes in all. */
  public R2PutOptions metadata(Map<String, String> metadata) {
    options.value("customMetadata", StringMaps.toJs(metadata));
    return this;
  }

  /** A checksum that R2 compares with that of the bytes. One only. */
  public R2PutOptions checksum(HashAlgorithm algorithm, byte[] checksum) {
    options.value(checksumName(algorithm), buffer(JsBinary.toJs(checksum)));
    return this;
  }

  static String checksumName(HashAlgorithm algorithm) {
    return switch (algorithm) {
      case MD5 -> "md5";
      case SHA_1 -> "sha1";
      case SHA_256 -> "sha256";
      case SHA_384 -> "sha384";
      case SHA_512 -> "sha512";
    };
  }

  /** Stores only if that is true of what is there. */
  public R2PutOptions onlyIf(R2Condition condition) {
    options.value("onlyIf", condition.js());
    return this;
  }

  /** {@code Standard} or {@code InfrequentAccess}. */
  public R2PutOptions storageClass(String storageClass) {
    options.with("storageClass", storageClass);
    return this;
  }

  JSObject js() {
    return options.js();
  }

  @JSBody(params = "bytes", script = "return bytes.buffer;")
  private static native JSObject buffer(JSObject bytes);
}
