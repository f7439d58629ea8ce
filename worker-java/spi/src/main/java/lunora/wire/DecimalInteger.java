package lunora.wire;

import java.math.BigInteger;

/**
 * Big integers to decimal text and back, in int arithmetic on 16-bit limbs. {@link BigInteger} does
 * it in longs, which TeaVM emulates on the JavaScript target: a millisecond for 1,024 digits, of
 * which a body of 1 MiB can hold a thousand.
 */
final class DecimalInteger {

  private static final int LIMB_BITS = 16;
  private static final int LIMB_MASK = 0xffff;

  /** Decimal digits that are handled at a time; a limb times their power fits an int. */
  private static final int CHUNK_DIGITS = 4;

  private static final int CHUNK = 10_000;

  private DecimalInteger() {}

  /** Reads {@code -?[0-9]+}, which the caller has checked. */
  static BigInteger parse(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    // A limb holds more than four digits, so this is enough, with room for a sign bit.
    int[] limbs = new int[(text.length() - at) / CHUNK_DIGITS + 2];
    int used = 1;
    int chunkEnd = at + (text.length() - at) % CHUNK_DIGITS;
    while (at < text.length()) {
      int chunk = 0;
      for (; at < chunkEnd; at++) {
        chunk = chunk * 10 + (text.charAt(at) - '0');
      }
      used = multiplyAdd(limbs, used, chunk);
      chunkEnd += CHUNK_DIGITS;
    }
    return new BigInteger(text.startsWith("-") ? -1 : 1, bigEndian(limbs, used));
  }

  /** Prints what {@link BigInteger#toString()} does. */
  static String print(BigInteger value) {
    byte[] bytes = value.abs().toByteArray();
    int[] limbs = new int[bytes.length / 2 + 1];
    for (int i = 0; i < bytes.length; i++) {
      limbs[i / 2] |= (bytes[bytes.length - 1 - i] & 0xff) << (i % 2 * 8);
    }
    char[] out = new char[limbs.length * 5 + CHUNK_DIGITS + 1];
    int at = out.length;
    for (int used = significant(limbs, limbs.length); used > 0; used = significant(limbs, used)) {
      int chunk = divide(limbs, used);
      for (int i = 0; i < CHUNK_DIGITS; i++) {
        out[--at] = (char) ('0' + chunk % 10);
        chunk /= 10;
      }
    }
    while (at < out.length && out[at] == '0') {
      at++;
    }
    if (at == out.length) {
      return "0";
    }
    if (value.signum() < 0) {
      out[--at] = '-';
    }
    return new String(out, at, out.length - at);
  }

  /** Multiplies by {@link #CHUNK} and adds; answers how many limbs are in use then. */
  private static int multiplyAdd(int[] limbs, int used, int chunk) {
    int carry = chunk;
    for (int i = 0; i < used; i++) {
      int product = limbs[i] * CHUNK + carry;
      limbs[i] = product & LIMB_MASK;
      carry = product >>> LIMB_BITS;
    }
    if (carry == 0) {
      return used;
    }
    limbs[used] = carry;
    return used + 1;
  }

  /** Divides by {@link #CHUNK} in place; answers the remainder. */
  private static int divide(int[] limbs, int used) {
    int remainder = 0;
    for (int i = used - 1; i >= 0; i--) {
      int dividend = remainder << LIMB_BITS | limbs[i];
      limbs[i] = dividend / CHUNK;
      remainder = dividend % CHUNK;
    }
    return remainder;
  }

  private static int significant(int[] limbs, int used) {
    int count = used;
    while (count > 0 && limbs[count - 1] == 0) {
      count--;
    }
    return count;
  }

  private static byte[] bigEndian(int[] limbs, int used) {
    byte[] bytes = new byte[used * 2];
    for (int i = 0; i < used; i++) {
      bytes[bytes.length - 1 - 2 * i] = (byte) limbs[i];
      bytes[bytes.length - 2 - 2 * i] = (byte) (limbs[i] >> 8);
    }
    return bytes;
  }
}
