package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalIntegerTest {

  @Test
  void printsAndParsesAsBigIntegerDoes() {
    Random random = new Random(5);
    for (int bits = 0; bits < 3400; bits++) {
      assertSame(new BigInteger(bits, random));
      assertSame(BigInteger.ONE.shiftLeft(bits).negate());
      assertSame(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }
    for (int digits = 0; digits <= 1024; digits++) {
      assertSame(BigInteger.TEN.pow(digits));
      assertSame(BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).negate());
    }
  }

  @Test
  void leadingZerosAndNegativeZero() {
    assertEquals(BigInteger.ZERO, DecimalInteger.parse("-0"));
    assertEquals(BigInteger.ZERO, DecimalInteger.parse("00000000000"));
    assertEquals(BigInteger.valueOf(-70), DecimalInteger.parse("-000000070"));
  }

  private static void assertSame(BigInteger value) {
    String text = value.toString();
    assertEquals(text, DecimalInteger.print(value));
    assertEquals(value, DecimalInteger.parse(text));
  }
}
