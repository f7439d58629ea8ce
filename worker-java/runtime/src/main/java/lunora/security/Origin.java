package lunora.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Scheme, host and port of a page, as browsers write them: lower case, no default port, no path.
 *
 * @param text such as {@code https://app.example} or {@code http://localhost:5173}
 */
record Origin(String text) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The origin of an absolute URL as the platform or a browser writes it; empty for others. */
  static Origin ofUrl(String url) {
    int end = Math.max(0, hostStart(url));
    while (end > 0 && end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return new Origin(url.substring(0, end));
  }

  /** An origin that somebody wrote, brought to the form of browsers; empty when it is none. */
  static Optional<Origin> parse(String written) {
    String text = written.strip().toLowerCase(Locale.ROOT);
    if (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    int host = hostStart(text);
    if (host < 0 || host == text.length()) {
      return Optional.empty();
    }
    for (int i = host; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._:[]".indexOf(c) >= 0;
      if (!allowed) {
        return Optional.empty();
      }
    }
    return Optional.of(new Origin(withoutDefaultPort(text)));
  }

  /** Whether the page is one of this very machine, on whatever port. */
  boolean isLoopback() {
    int host = hostStart(text);
    if (host < 0) {
      return false;
    }
    String rest = text.substring(host);
    int port = rest.indexOf(':', rest.startsWith("[") ? rest.indexOf(']') : 0);
    return LOOPBACK.contains(port < 0 ? rest : rest.substring(0, port));
  }

  /** Where the host begins, -1 for other schemes: their pages have no cookies. */
  private static int hostStart(String url) {
    if (url.startsWith("https://")) {
      return 8;
    }
    return url.startsWith("http://") ? 7 : -1;
  }

  private static String withoutDefaultPort(String text) {
    String port = text.startsWith("https://") ? ":443" : ":80";
    return text.endsWith(port) ? text.substring(0, text.length() - port.length()) : text;
  }
}
