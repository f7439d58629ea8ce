package lunora.testkit.contract;

import org.jspecify.annotations.Nullable;

/** The assertions of the suites, in Java that TeaVM compiles. */
final class Check {

  private Check() {}

  static void that(boolean holds, String rule) {
    if (!holds) {
      throw new AssertionError(rule);
    }
  }

  static void equal(@Nullable Object expected, @Nullable Object actual) {
    boolean same = expected == null ? actual == null : expected.equals(actual);
    that(same, "expected <" + expected + "> but got <" + actual + ">");
  }

  /** Numbers by their bits, so that negative zero is not zero. */
  static void number(double expected, double actual) {
    that(
        Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual),
        "expected <" + expected + "> but got <" + actual + ">");
  }

  static void bytes(byte[] expected, byte[] actual) {
    equal(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      that(expected[i] == actual[i], "byte " + i + " is " + actual[i] + ", not " + expected[i]);
    }
  }

  /** The action throws a runtime exception, which is returned. */
  static RuntimeException refused(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("not refused: " + what);
  }
}
