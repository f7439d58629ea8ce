package lunora.schema;

import java.math.BigInteger;

/**
 * Big integers as text that sorts like the numbers: a sign letter, the count of digits in four
 * digits, the digits; for negative numbers count and digits are complemented to nine.
 */
final class BigIntegerKey {

  private static final int COUNT_WIDTH = 4;

  private BigIntegerKey() {}

  static String of(BigInteger value) {
    String digits = value.abs().toString();
    StringBuilder count = new StringBuilder(Integer.toString(digits.length()));
    while (count.length() < COUNT_WIDTH) {
      count.insert(0, '0');
    }
    String magnitude = count + digits;
    return value.signum() < 0 ? "n" + ninesComplement(magnitude) : "p" + magnitude;
  }

  private static String ninesComplement(String digits) {
    StringBuilder complement = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      complement.append((char) ('0' + ('9' - digits.charAt(i))));
    }
    return complement.toString();
  }
}
