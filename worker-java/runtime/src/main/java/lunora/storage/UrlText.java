package lunora.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding as RFC 3986 and S3 want it: all but letters, digits and {@code -._~}. */
final class UrlText {

  private static final String DIGITS = "0123456789ABCDEF";
  private static final String KEPT = "-._~";

  private UrlText() {}

  /** A part of a URL. */
  static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean kept =
          letter >= 'a' && letter <= 'z'
              || letter >= 'A' && letter <= 'Z'
              || letter >= '0' && letter <= '9'
              || KEPT.indexOf(letter) >= 0;
      if (kept) {
        out.append(letter);
      } else {
        out.append('%').append(DIGITS.charAt(letter >> 4)).append(DIGITS.charAt(letter & 15));
      }
    }
    return out.toString();
  }

  /** A key as a path: its slashes stay. */
  static String path(String key) {
    return encoded(key).replace("%2F", "/");
  }

  /** The text of an encoded path; null when an escape is malformed. */
  static @Nullable String decoded(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '%') {
        bytes.write(text[i]);
        continue;
      }
      int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
      if (low < 0) {
        return null;
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
