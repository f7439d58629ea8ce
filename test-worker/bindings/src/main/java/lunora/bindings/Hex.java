package lunora.bindings;

/** Bytes as hexadecimal digits. */
final class Hex {

  private static final String DIGITS = "0123456789abcdef";

  private Hex() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(DIGITS.charAt((b >> 4) & 15)).append(DIGITS.charAt(b & 15));
    }
    return text.toString();
  }
}
