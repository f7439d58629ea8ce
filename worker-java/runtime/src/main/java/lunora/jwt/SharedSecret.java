package lunora.jwt;

import java.nio.charset.StandardCharsets;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** The secret of HS256 tokens, from a variable of the deployment. */
final class SharedSecret {

  /** As long as the code itself, RFC 7518 section 3.2. */
  private static final int BYTES_MIN = 32;

  private final String variable;
  private @Nullable HmacSecret ready;

  SharedSecret(String variable) {
    this.variable = variable;
  }

  /**
   * Whether the code is that of the data. May suspend.
   *
   * @throws LunoraException {@code MISCONFIGURED} without a secret, or with a short one
   */
  boolean verify(byte[] code, byte[] data, WorkerHost host) {
    HmacSecret secret = ready;
    if (secret == null) {
      String text = host.variable(variable);
      byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length < BYTES_MIN) {
        throw new LunoraException(
            ErrorCode.MISCONFIGURED, "set " + variable + " to at least " + BYTES_MIN + " bytes");
      }
      secret = host.crypto().hmacSecret(bytes);
      ready = secret;
    }
    return secret.verify(code, data);
  }
}
