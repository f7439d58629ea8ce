package lunora.testkit.contract;

import java.nio.charset.StandardCharsets;

/** The assertions about what may suspend, apart from {@link Check} as {@link RemoteCase} is. */
final class RemoteCheck {

  /** A step that may suspend. */
  @FunctionalInterface
  interface Step {

    void run();
  }

  private RemoteCheck() {}

  /** The step throws a runtime exception, which is returned. */
  static RuntimeException refused(String what, Step step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("not refused: " + what);
  }

  /** The step refuses its argument. */
  static void refusedArgument(String what, Step step) {
    RuntimeException refusal = refused(what, step);
    Check.that(refusal instanceof IllegalArgumentException, what + " throws " + refusal);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }
}
