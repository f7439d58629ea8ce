package lunora.host.local;

/** Unpredictable randomness, fit for identifiers and tokens. */
public interface RandomSource {

  /** Fresh random bytes, 1 to 65,536 of them. */
  byte[] bytes(int count);

  /** A uniform double in [0, 1). */
  double next();

  /** A random version 4 UUID in lower case. */
  String uuid();
}
