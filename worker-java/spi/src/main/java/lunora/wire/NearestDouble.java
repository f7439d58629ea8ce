package lunora.wire;

import java.math.BigInteger;

/** The double nearest to a decimal of any length, ties to even, over exact integers. */
final class NearestDouble {

  /**
   * No more digits than this can decide a rounding (the longest halfway point has 768); of the rest
   * only matters whether one is not zero.
   */
  private static final int DIGITS_MAX = 800;

  /** Decimals from ten to this power are infinite. */
  private static final int MAGNITUDE_MAX = 310;

  /** Decimals below ten to this power are zero. */
  private static final int MAGNITUDE_MIN = -326;

  private static final int PRECISION = 53;
  private static final int SUBNORMAL_EXPONENT = -1074;
  private static final int NORMAL_EXPONENT_MIN = -1022;
  private static final long INFINITY_BITS = 0x7ffL << 52;

  private NearestDouble() {}

  /**
   * For the digits of a JSON number without sign and exponent; at least one is not zero.
   *
   * @param exponent the power of ten of the last digit
   */
  static double of(String text, int start, int end, int exponent) {
    StringBuilder digits = new StringBuilder();
    boolean sticky = false;
    int last = exponent;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.' || (c == '0' && digits.length() == 0)) {
        continue;
      }
      if (digits.length() < DIGITS_MAX) {
        digits.append(c);
      } else {
        sticky |= c != '0';
        last++;
      }
    }
    if (sticky) {
      digits.append('1');
      last--;
    }
    return ofDigits(digits.toString(), last);
  }

  private static double ofDigits(String digits, int exponent) {
    int magnitude = digits.length() + exponent;
    if (magnitude > MAGNITUDE_MAX) {
      return Double.POSITIVE_INFINITY;
    }
    if (magnitude < MAGNITUDE_MIN) {
      return 0;
    }
    BigInteger numerator = new BigInteger(digits);
    BigInteger denominator = BigInteger.ONE;
    if (exponent >= 0) {
      numerator = numerator.multiply(BigInteger.TEN.pow(exponent));
    } else {
      denominator = BigInteger.TEN.pow(-exponent);
    }
    // 64 or 65 bits of quotient: more than the 53 that stay, the rest is in the remainder.
    int shift = 64 - (numerator.bitLength() - denominator.bitLength());
    BigInteger[] quotient =
        numerator
            .shiftLeft(Math.max(shift, 0))
            .divideAndRemainder(denominator.shiftLeft(Math.max(-shift, 0)));
    return round(quotient[0], quotient[1].signum() != 0, -shift);
  }

  /** Rounds {@code quotient} (and a bit more, if {@code more}) times two to the exponent. */
  private static double round(BigInteger quotient, boolean more, int exponent) {
    int bitCount = quotient.bitLength();
    int topExponent = bitCount - 1 + exponent;
    int precision =
        topExponent >= NORMAL_EXPONENT_MIN ? PRECISION : topExponent - SUBNORMAL_EXPONENT + 1;
    if (precision < 0) {
      return 0;
    }
    int dropped = bitCount - precision;
    long kept = quotient.shiftRight(dropped).longValue();
    boolean half = quotient.testBit(dropped - 1);
    boolean beyondHalf = more || quotient.getLowestSetBit() < dropped - 1;
    if (half && (beyondHalf || (kept & 1) == 1)) {
      kept++;
    }
    // The hidden bit of a normal mantissa, and a carry out of it, add to the exponent field.
    long exponentField = exponent + dropped - SUBNORMAL_EXPONENT;
    long bits = (exponentField << 52) + kept;
    return Double.longBitsToDouble(Math.min(bits, INFINITY_BITS));
  }
}
