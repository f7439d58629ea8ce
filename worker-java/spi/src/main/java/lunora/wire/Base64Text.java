package lunora.wire;

/**
 * Standard padded base64 (RFC 4648 section 4), canonical only: every byte sequence has exactly one
 * text, so that equal bytes have equal keys.
 */
final class Base64Text {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Base64Text() {}

  static String encode(byte[] bytes) {
    char[] out = new char[(bytes.length + 2) / 3 * 4];
    for (int in = 0, at = 0; in < bytes.length; in += 3, at += 4) {
      int left = bytes.length - in;
      int bits = (bytes[in] & 0xff) << 16;
      bits |= left > 1 ? (bytes[in + 1] & 0xff) << 8 : 0;
      bits |= left > 2 ? bytes[in + 2] & 0xff : 0;
      out[at] = ALPHABET.charAt(bits >> 18);
      out[at + 1] = ALPHABET.charAt(bits >> 12 & 63);
      out[at + 2] = left > 1 ? ALPHABET.charAt(bits >> 6 & 63) : '=';
      out[at + 3] = left > 2 ? ALPHABET.charAt(bits & 63) : '=';
    }
    return new String(out);
  }

  static byte[] decode(String text) {
    int length = text.length();
    if (length % 4 != 0) {
      throw malformed();
    }
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    byte[] out = new byte[length / 4 * 3 - padding];
    for (int in = 0, at = 0; in < length; in += 4, at += 3) {
      int digits = in + 4 == length ? 4 - padding : 4;
      int bits = group(text, in, digits);
      for (int i = 0; i < digits - 1; i++) {
        out[at + i] = (byte) (bits >> (16 - 8 * i));
      }
      // What the padding cuts off must be zero, or another text would mean the same bytes.
      if ((bits & (1 << (8 * (4 - digits))) - 1) != 0) {
        throw malformed();
      }
    }
    return out;
  }

  /** The 24 bits of a group of which the first {@code digits} characters are not padding. */
  private static int group(String text, int start, int digits) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = bits << 6 | (i < digits ? digit(text.charAt(start + i)) : 0);
    }
    return bits;
  }

  private static int digit(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    if (c != '+' && c != '/') {
      throw malformed();
    }
    return c == '+' ? 62 : 63;
  }

  private static WireFormatException malformed() {
    return WireFormatException.value("bytes payload must be canonical base64");
  }
}
