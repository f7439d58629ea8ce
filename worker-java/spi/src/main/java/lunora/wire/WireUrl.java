package lunora.wire;

/** What the wire asks of a URL: a scheme, as RFC 3986 spells it. */
final class WireUrl {

  private WireUrl() {}

  /** Refuses what is not an absolute URL. The rest of it is left to whoever opens it. */
  static void check(String href) {
    int colon = href.indexOf(':');
    boolean absolute = colon > 0 && isLetter(href.charAt(0));
    for (int i = 1; i < colon && absolute; i++) {
      char c = href.charAt(i);
      absolute = isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    }
    if (!absolute) {
      throw WireFormatException.value("url href must be absolute");
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
