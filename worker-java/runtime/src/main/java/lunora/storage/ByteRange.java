package lunora.storage;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that a request asks for (RFC 9110, section 14.1.2).
 *
 * @param length 0 when none of the object's bytes is among them
 */
record ByteRange(long offset, long length) {

  private static final String UNIT = "bytes=";
  private static final int DIGITS_MAX = 15;

  /** One range of an object of that size; null when all of it is asked for. */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    if (header == null || !header.startsWith(UNIT) || header.indexOf(',') >= 0) {
      return null;
    }
    String range = header.substring(UNIT.length());
    int dash = range.indexOf('-');
    String first = dash < 0 ? "?" : range.substring(0, dash).strip();
    String last = range.substring(dash + 1).strip();
    if (!isNumber(first) || !isNumber(last) || first.isEmpty() && last.isEmpty()) {
      return null;
    }
    if (first.isEmpty()) {
      long length = Math.min(Long.parseLong(last), size);
      return new ByteRange(size - length, length);
    }
    long offset = Long.parseLong(first);
    long end = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
    if (!last.isEmpty() && Long.parseLong(last) < offset) {
      return null;
    }
    return new ByteRange(offset, Math.max(0, end - offset));
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() <= DIGITS_MAX;
  }
}
