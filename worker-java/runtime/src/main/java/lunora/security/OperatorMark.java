package lunora.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import lunora.host.remote.Crypto;

/**
 * By what a shard sees whether the admin token with which a socket was opened still is the token,
 * without keeping it (protocol section 7.1): half of a hash.
 */
public final class OperatorMark {

  /** For a token that is part of the app: it changes with the app only, which ends all sockets. */
  public static final String GIVEN = "given";

  private static final int BYTES = 16;

  private OperatorMark() {}

  /** The mark of a token, 22 characters. May suspend. */
  public static String of(String token, Crypto crypto) {
    byte[] text = ("lunora admin socket\n" + token).getBytes(StandardCharsets.UTF_8);
    byte[] digest = crypto.sha256(text);
    byte[] half = Arrays.copyOf(digest, BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
  }
}
