package lunora.testkit;

import java.util.Random;
import java.util.UUID;
import lunora.host.local.RandomSource;

/** Randomness that a seed repeats. Not unpredictable: for tests only. */
public final class SeededRandom implements RandomSource {

  private static final int BYTES_MAX = 65_536;

  private final Random random;

  /** The same seed gives the same values in the same order. */
  public SeededRandom(long seed) {
    random = new Random(seed);
  }

  @Override
  public byte[] bytes(int count) {
    if (count < 1 || count > BYTES_MAX) {
      throw new IllegalArgumentException(count + " random bytes: 1 to " + BYTES_MAX + " allowed");
    }
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public double next() {
    return random.nextDouble();
  }

  @Override
  public String uuid() {
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(3L << 62) | 1L << 63;
    return new UUID(high, low).toString();
  }
}
