package lunora.security;

/** Compares secrets. */
public final class SecretText {

  private SecretText() {}

  /**
   * Whether a client knows the secret. How long it takes depends on what the client sent and not on
   * where the two differ.
   */
  public static boolean matches(String given, String secret) {
    if (secret.isEmpty()) {
      return false;
    }
    int difference = given.length() ^ secret.length();
    for (int i = 0; i < given.length(); i++) {
      difference |= given.charAt(i) ^ secret.charAt(i % secret.length());
    }
    return difference == 0;
  }
}
