package lunora.wire;

import java.math.BigInteger;

/**
 * The shortest decimal within a double's rounding interval, by Steele and White's digit generation
 * over exact integers. The decimal is {@code 0.digits} times ten to the {@code point}; digits start
 * and end with a non-zero one.
 */
record ShortestDigits(String digits, int point) {

  private static final double LOG10_OF_2 = 0.30102999566398120;
  private static final int MANTISSA_BITS = 52;
  private static final long HIDDEN_BIT = 1L << MANTISSA_BITS;

  /** For a positive finite double. */
  static ShortestDigits of(double value) {
    long bits = Double.doubleToLongBits(value);
    int biasedExponent = (int) (bits >>> MANTISSA_BITS);
    long fraction = bits & (HIDDEN_BIT - 1);
    long mantissa = biasedExponent == 0 ? fraction : fraction | HIDDEN_BIT;
    int exponent = Math.max(biasedExponent, 1) - 1075;
    // Below a power of two the doubles are twice as dense, so the interval is half as wide there.
    boolean narrowBelow = fraction == 0 && biasedExponent > 1;
    return new Generation(mantissa, exponent, narrowBelow).run();
  }

  /**
   * One run over {@code remainder / unit}, the part of the double not yet printed. {@code above}
   * and {@code below} over {@code unit} are the distances to the ends of its rounding interval.
   */
  private static final class Generation {
    private final StringBuilder digits = new StringBuilder();
    private final boolean endsIncluded;
    private BigInteger remainder;
    private BigInteger unit;
    private BigInteger above;
    private BigInteger below;
    private int point;

    Generation(long mantissa, int exponent, boolean narrowBelow) {
      // An even mantissa wins ties, so both ends of its interval read back as it.
      endsIncluded = (mantissa & 1) == 0;
      int doubling = narrowBelow ? 2 : 1;
      int up = Math.max(exponent, 0);
      remainder = BigInteger.valueOf(mantissa).shiftLeft(up + doubling);
      unit = BigInteger.ONE.shiftLeft(Math.max(-exponent, 0) + doubling);
      below = BigInteger.ONE.shiftLeft(up);
      above = below.shiftLeft(doubling - 1);
      int topBit = exponent + 63 - Long.numberOfLeadingZeros(mantissa);
      point = (int) Math.ceil(topBit * LOG10_OF_2 - 1e-10);
    }

    ShortestDigits run() {
      scaleToPoint();
      while (true) {
        BigInteger[] quotient = remainder.divideAndRemainder(unit);
        int digit = quotient[0].intValue();
        remainder = quotient[1];
        boolean lowFits = reaches(below, remainder);
        boolean highFits = reaches(remainder.add(above), unit);
        if (lowFits || highFits) {
          digits.append((char) ('0' + lastDigit(digit, lowFits, highFits)));
          return new ShortestDigits(digits.toString(), point);
        }
        digits.append((char) ('0' + digit));
        nextPlace();
      }
    }

    /** Divides by ten to the point. The estimate of the point is right or one too small. */
    private void scaleToPoint() {
      if (point >= 0) {
        unit = unit.multiply(BigInteger.TEN.pow(point));
      } else {
        BigInteger scale = BigInteger.TEN.pow(-point);
        remainder = remainder.multiply(scale);
        above = above.multiply(scale);
        below = below.multiply(scale);
      }
      if (reaches(remainder.add(above), unit)) {
        point++;
      } else {
        nextPlace();
      }
    }

    private void nextPlace() {
      remainder = remainder.multiply(BigInteger.TEN);
      above = above.multiply(BigInteger.TEN);
      below = below.multiply(BigInteger.TEN);
    }

    private boolean reaches(BigInteger bound, BigInteger target) {
      int order = bound.compareTo(target);
      return order > 0 || (order == 0 && endsIncluded);
    }

    private int lastDigit(int digit, boolean lowFits, boolean highFits) {
      if (!highFits) {
        return digit;
      }
      if (!lowFits) {
        return digit + 1;
      }
      int order = remainder.shiftLeft(1).compareTo(unit);
      boolean up = order > 0 || (order == 0 && (digit & 1) == 1);
      return up ? digit + 1 : digit;
    }
  }
}
