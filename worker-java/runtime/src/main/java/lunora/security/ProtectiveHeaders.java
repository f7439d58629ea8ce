package lunora.security;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The headers that tell a browser what an answer may be used for (protocol section 14.5). Made
 * once: an answer gets one of four ready sets, and keeps what it brought itself.
 */
final class ProtectiveHeaders {

  private static final String DATA_POLICY =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  private static final String PAGE_POLICY =
      "base-uri 'none'; object-src 'none'; frame-ancestors 'self'";
  private static final String PERMISSIONS =
      "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
          + " magnetometer=(), microphone=(), payment=(), usb=()";
  private static final String TRANSPORT = "max-age=31536000; includeSubDomains";

  private static final Map<String, String> DATA = headers(DATA_POLICY, false);
  private static final Map<String, String> SECURE_DATA = headers(DATA_POLICY, true);
  private static final Map<String, String> PAGE = headers(PAGE_POLICY, false);
  private static final Map<String, String> SECURE_PAGE = headers(PAGE_POLICY, true);

  private ProtectiveHeaders() {}

  private static Map<String, String> headers(String contentPolicy, boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-content-type-options", "nosniff");
    headers.put("x-frame-options", "SAMEORIGIN");
    headers.put("referrer-policy", "strict-origin-when-cross-origin");
    headers.put("permissions-policy", PERMISSIONS);
    headers.put("cross-origin-opener-policy", "same-origin");
    headers.put("cross-origin-resource-policy", "same-origin");
    headers.put("origin-agent-cluster", "?1");
    headers.put("content-security-policy", contentPolicy);
    if (secure) {
      headers.put("strict-transport-security", TRANSPORT);
    }
    return headers;
  }

  /** What an answer to this URL gets where it has nothing of the name. */
  static Map<String, String> of(HttpResponse answer, String url) {
    boolean secure = url.startsWith("https:");
    if (isPage(answer)) {
      return secure ? SECURE_PAGE : PAGE;
    }
    return secure ? SECURE_DATA : DATA;
  }

  private static boolean isPage(HttpResponse answer) {
    String type = null;
    if (answer instanceof HttpResponse.Foreign foreign) {
      type = foreign.header("content-type");
    } else if (answer instanceof HttpResponse.Plain plain) {
      type = plain.headers().get("content-type");
    }
    return isHtml(type);
  }

  private static boolean isHtml(@Nullable String type) {
    return type != null
        && (type.startsWith("text/html") || type.startsWith("application/xhtml+xml"));
  }
}
