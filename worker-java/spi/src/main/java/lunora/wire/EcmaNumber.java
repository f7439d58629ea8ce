package lunora.wire;

/**
 * Doubles to text and back, exactly as ECMAScript does it ({@code Number::toString} in radix 10).
 *
 * <p>The JDK's own conversions are not used: they print another format, and TeaVM's versions miss
 * by a unit in the last place about once in 5,000 random doubles. What the fast paths cannot prove
 * exact goes through big integers.
 */
public final class EcmaNumber {

  /** Integers up to here are exact, and so is every decimal of 15 digits. */
  private static final double EXACT_INTEGER_MAX = 9007199254740992.0;

  /** Any decimal of this many digits survives the way into a double and back. */
  private static final int EXACT_DIGITS = 15;

  private static final double EXACT_DIGITS_BOUND = 1e15;

  /** A JSON exponent is clamped to this; doubles end at 309, and offsets stay within an int. */
  private static final int EXPONENT_CLAMP = 1_000_000_000;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** The last power of ten that a double holds exactly. */
  private static final int EXACT_POWER_MAX = 22;

  private EcmaNumber() {}

  /**
   * The shortest decimal that reads back as this double, the closest of those: {@code 0.1}, {@code
   * 1e+21}, {@code 1e-7}. Negative zero is {@code 0}; NaN and the infinities have their names.
   */
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value < 0) {
      return "-" + formatMagnitude(-value);
    }
    return formatMagnitude(value);
  }

  /**
   * The double nearest to a JSON number, ties to even; beyond the largest double it is infinite.
   *
   * @throws WireFormatException SYNTAX when the whole text is not one JSON number
   */
  public static double parse(String text) {
    return JsonReader.readNumber(text);
  }

  /** The same for a range that is known to be a JSON number. */
  static double parseToken(String text, int start, int end) {
    boolean negative = text.charAt(start) == '-';
    double magnitude = parseMagnitude(text, negative ? start + 1 : start, end);
    return negative ? -magnitude : magnitude;
  }

  private static double parseMagnitude(String text, int start, int end) {
    double significand = 0;
    int digitCount = 0;
    int exponent = 0;
    boolean fraction = false;
    int at = start;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c == '.') {
        fraction = true;
        continue;
      }
      if (c == 'e' || c == 'E') {
        break;
      }
      if (digitCount > 0 || c != '0') {
        digitCount++;
        significand = significand * 10 + (c - '0');
      }
      exponent -= fraction ? 1 : 0;
    }
    exponent += at < end ? parseExponent(text, at + 1, end) : 0;
    if (digitCount == 0) {
      return 0;
    }
    // Clinger: with both operands exact, the one rounding of a product or quotient is the right
    // one.
    if (digitCount <= EXACT_DIGITS && Math.abs(exponent) <= EXACT_POWER_MAX) {
      return exponent < 0
          ? significand / POWERS_OF_TEN[-exponent]
          : significand * POWERS_OF_TEN[exponent];
    }
    return NearestDouble.of(text, start, at, exponent);
  }

  private static int parseExponent(String text, int start, int end) {
    char sign = text.charAt(start);
    int exponent = 0;
    for (int i = sign == '-' || sign == '+' ? start + 1 : start; i < end; i++) {
      if (exponent < EXPONENT_CLAMP / 10) {
        exponent = exponent * 10 + (text.charAt(i) - '0');
      }
    }
    return sign == '-' ? -exponent : exponent;
  }

  private static String formatMagnitude(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "Infinity";
    }
    if (value < EXACT_INTEGER_MAX && value == Math.floor(value)) {
      return value <= Integer.MAX_VALUE
          ? Integer.toString((int) value)
          : Long.toString((long) value);
    }
    for (int scale = 1; scale <= EXACT_POWER_MAX; scale++) {
      double scaled = value * POWERS_OF_TEN[scale];
      if (scaled >= EXACT_DIGITS_BOUND) {
        break;
      }
      double rounded = Math.floor(scaled + 0.5);
      // A decimal of 15 digits that reads back is the shortest: no two of them share a double.
      if (rounded > 0 && rounded / POWERS_OF_TEN[scale] == value) {
        String digits = Long.toString((long) rounded);
        return layOut(digits, digits.length() - scale);
      }
    }
    ShortestDigits shortest = ShortestDigits.of(value);
    return layOut(shortest.digits(), shortest.point());
  }

  /** ECMAScript's choice of notation for {@code 0.digits} times ten to the {@code point}. */
  private static String layOut(String digits, int point) {
    int count = digits.length();
    if (point > 21 || point < -5) {
      int exponent = point - 1;
      String fraction = count == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= count) {
      return digits + "0".repeat(point - count);
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }
}
