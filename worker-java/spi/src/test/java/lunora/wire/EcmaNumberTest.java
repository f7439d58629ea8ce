package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaNumberTest {

  private static final int RANDOM_COUNT = 30_000;

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "-0.0, 0",
    "1.0, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "100.0, 100",
    "123456.789, 123456.789",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "-1.25e21, -1.25e+21",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.5e-7, 1.5e-7",
    "0.00000123, 0.00000123",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "9007199254740991.0, 9007199254740991",
    "9007199254740992.0, 9007199254740992",
    "9007199254740994.0, 9007199254740994",
    "123456789012345680000.0, 123456789012345680000",
    "0.30000000000000004, 0.30000000000000004",
    "2147483648.0, 2147483648",
    "5e-7, 5e-7",
    "2251799813685248.5, 2251799813685248.5",
    "2e23, 2e+23",
    "9.5e-10, 9.5e-10",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void formatsAsEcmaScriptDoes(double value, String expected) {
    assertEquals(expected, EcmaNumber.format(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0e10",
        "1",
        "10",
        "0.1",
        "1e22",
        "1e23",
        "123456789012345",
        "1234567890123456",
        "9007199254740993",
        "9007199254740992.999999999999999999999999999999",
        "8.5e22",
        "1e-22",
        "1e-23",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1e-323",
        "1e-325",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "9e999999999999",
        "1e-999999999999",
        "0e999999999999",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
        "0.500000000000000166533453693773481063544750213623046875",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126"
      })
  void parsesAsTheJdkDoes(String text) {
    assertEquals(Double.parseDouble(text), EcmaNumber.parse(text));
    assertEquals(
        Double.parseDouble("-" + text.replace("-0", "0")),
        EcmaNumber.parse("-" + text.replace("-0", "0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "+1", "NaN", "Infinity", "0x1", "1f", "1d", ".5", "5."})
  void refusesWhatIsNoJsonNumber(String text) {
    assertThrows(WireFormatException.class, () -> EcmaNumber.parse(text));
  }

  @Test
  void digitsFarBehindDecideARounding() {
    String halfway = "1.00000000000000011102230246251565404236316680908203125";
    assertEquals(1, EcmaNumber.parse(halfway + "0".repeat(5000)));
    assertEquals(Math.nextUp(1.0), EcmaNumber.parse(halfway + "0".repeat(5000) + "1"));
    assertEquals(1e10, EcmaNumber.parse("1" + "0".repeat(5010) + "e-5000"));
    assertEquals(12.5, EcmaNumber.parse("0." + "0".repeat(4000) + "125e4002"));
  }

  @Test
  void everyPowerOfTwoAndItsNeighbours() {
    for (int exponent = -1074; exponent < 1024; exponent++) {
      double power = Math.scalb(1.0, exponent);
      assertExact(power);
      assertExact(Math.nextUp(power));
      assertExact(Math.nextDown(power));
    }
  }

  @Test
  void everyPowerOfTenAndItsNeighbours() {
    for (int exponent = -323; exponent < 309; exponent++) {
      double power = Double.parseDouble("1e" + exponent);
      assertExact(power);
      assertExact(Math.nextUp(power));
      assertExact(Math.nextDown(power));
    }
  }

  @Test
  void randomBits() {
    SplittableRandom random = new SplittableRandom(20260101);
    for (int i = 0; i < RANDOM_COUNT; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (Double.isFinite(value)) {
        assertExact(value);
      }
    }
  }

  @Test
  void randomNumbersOfEverydaySize() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < RANDOM_COUNT; i++) {
      double value = random.nextDouble() * 1000;
      assertExact(value);
      assertExact(Math.rint(value * 1000) / 1000);
    }
  }

  @Test
  void randomSubnormals() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < RANDOM_COUNT / 10; i++) {
      assertExact(Double.longBitsToDouble(random.nextLong(1, 1L << random.nextInt(1, 53))));
    }
  }

  @Test
  void randomDecimals() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < RANDOM_COUNT; i++) {
      String digits = Long.toString(random.nextLong(Long.MAX_VALUE) >> random.nextInt(40));
      String text = digits + "." + random.nextInt(1000) + "e" + random.nextInt(-345, 300);
      assertEquals(Double.parseDouble(text), EcmaNumber.parse(text), text);
    }
  }

  /** Reads back, no shorter decimal does, and of that length it is the closest. */
  private static void assertExact(double value) {
    String text = EcmaNumber.format(value);
    assertEquals(value, Double.parseDouble(text));
    assertEquals(value, EcmaNumber.parse(text));
    BigDecimal exact = new BigDecimal(value);
    BigDecimal printed = new BigDecimal(text).stripTrailingZeros();
    int digitCount = printed.precision();
    assertTrue(digitCount == 1 || !someDecimalReadsBack(exact, value, digitCount - 1), text);
    BigDecimal distance = printed.subtract(exact).abs();
    BigDecimal place = printed.ulp();
    assertTrue(
        distance.add(distance).compareTo(place) <= 0 || !inside(exact, value, digitCount), text);
  }

  private static boolean someDecimalReadsBack(BigDecimal exact, double value, int digitCount) {
    return rounded(exact, digitCount, RoundingMode.DOWN).doubleValue() == value
        || rounded(exact, digitCount, RoundingMode.UP).doubleValue() == value;
  }

  private static boolean inside(BigDecimal exact, double value, int digitCount) {
    return rounded(exact, digitCount, RoundingMode.HALF_EVEN).doubleValue() == value;
  }

  private static BigDecimal rounded(BigDecimal exact, int digitCount, RoundingMode mode) {
    return exact.round(new MathContext(digitCount, mode));
  }
}
