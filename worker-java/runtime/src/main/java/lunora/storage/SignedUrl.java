package lunora.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.Crypto;
import org.jspecify.annotations.Nullable;

/**
 * A URL of this deployment that allows one method on one object for a while (protocol section 19):
 * {@code /_lunora/storage/<key>?exp=&method=&sig=} and, for an upload, {@code &ct=&size=}. The
 * signature is the HMAC-SHA256 of {@code METHOD\nhost\nkey\nexp} and, each after a line break, of
 * content type and size.
 *
 * @param method GET or PUT
 * @param host with its port, in lower case
 * @param expSeconds the last second of the epoch in which it is good
 * @param contentType null when it is no upload
 * @param size in decimal digits; null when it is no upload
 */
record SignedUrl(
    String method,
    String host,
    String key,
    long expSeconds,
    @Nullable String contentType,
    @Nullable String size) {

  /** What the paths begin with. */
  static final String PREFIX = "/_lunora/storage/";

  private static final int DIGITS_MAX = 15;

  /** Host and port of a URL or origin, in lower case. */
  static String hostOf(String url) {
    int from = url.indexOf("://") + 3;
    int slash = url.indexOf('/', from);
    return url.substring(from, slash < 0 ? url.length() : slash).toLowerCase(Locale.ROOT);
  }

  /** The URL, signed. May suspend. */
  String signed(String origin, String secret, Crypto crypto) {
    byte[] code = crypto.hmacSecret(bytes(secret)).sign(bytes(message()));
    StringBuilder url = new StringBuilder(origin).append(PREFIX).append(UrlText.path(key));
    url.append("?exp=").append(expSeconds).append("&method=").append(method).append("&sig=");
    url.append(Base64.getUrlEncoder().withoutPadding().encodeToString(code));
    if (contentType != null && size != null) {
      url.append("&ct=").append(UrlText.encoded(contentType)).append("&size=").append(size);
    }
    return url.toString();
  }

  /**
   * What a request says it is; null when it is malformed, expired or not signed by us. May suspend.
   */
  static @Nullable SignedUrl verified(
      HttpRequest request, long nowMs, String secret, Crypto crypto) {
    String key = UrlText.decoded(request.path().substring(PREFIX.length()));
    String method = request.query("method");
    String exp = request.query("exp");
    String size = request.query("size");
    String contentType = request.query("ct");
    byte[] code = code(request.query("sig"));
    if (key == null || method == null || !isNumber(exp) || code == null) {
      return null;
    }
    if (size != null && !isNumber(size) || (size == null) != (contentType == null)) {
      return null;
    }
    SignedUrl url =
        new SignedUrl(method, hostOf(request.url()), key, Long.parseLong(exp), contentType, size);
    if (url.expSeconds() * 1_000 < nowMs) {
      return null;
    }
    boolean ours = crypto.hmacSecret(bytes(secret)).verify(code, bytes(url.message()));
    return ours ? url : null;
  }

  private static boolean isNumber(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > DIGITS_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] code(@Nullable String text) {
    try {
      return text == null ? null : Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private String message() {
    String pinned = contentType == null ? "" : "\n" + contentType + "\n" + size;
    return method + "\n" + host + "\n" + key + "\n" + expSeconds + pinned;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
