package lunora.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import lunora.host.remote.Crypto;

/**
 * The token with which an operator opens sockets (protocol section 15.1): {@code v1.<expiry in
 * epoch milliseconds>.<HMAC-SHA256 of what stands before>}, signed with the admin token. It may
 * stand in a URL, since it is worth nothing a minute later.
 */
final class SocketToken {

  /** How long it is good for. */
  static final long LIFE_MS = 60_000;

  private static final String VERSION = "v1";

  /** Beyond, a number is no time. */
  private static final int EXPIRY_DIGITS_MAX = 15;

  private SocketToken() {}

  /** A fresh one. May suspend. */
  static String mint(String adminToken, long expiresAtMs, Crypto crypto) {
    String message = VERSION + "." + expiresAtMs;
    byte[] code = crypto.hmacSecret(bytes(adminToken)).sign(bytes(message));
    return message + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
  }

  /** Whether it is one of ours and still good. May suspend. */
  static boolean verify(String token, String adminToken, long nowMs, Crypto crypto) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION) || !isTime(parts[1])) {
      return false;
    }
    if (Long.parseLong(parts[1]) <= nowMs) {
      return false;
    }
    byte[] code;
    try {
      code = Base64.getUrlDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String message = parts[0] + "." + parts[1];
    return crypto.hmacSecret(bytes(adminToken)).verify(code, bytes(message));
  }

  private static boolean isTime(String text) {
    if (text.isEmpty() || text.length() > EXPIRY_DIGITS_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
