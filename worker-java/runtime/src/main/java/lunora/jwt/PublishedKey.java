package lunora.jwt;

import java.util.Map;
import lunora.host.remote.Crypto;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.VerificationKey;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** One key of a key set, made ready for verification the first time that it is needed. */
final class PublishedKey {

  private final Map<String, Value> jwk;
  private @Nullable VerificationKey ready;

  PublishedKey(Value.Obj jwk) {
    this.jwk = jwk.fields();
  }

  /**
   * Whether the key is for signatures of this algorithm. Decided by the key, never by the token
   * alone: a key has one algorithm.
   */
  boolean signs(SignatureAlgorithm algorithm) {
    boolean fits =
        switch (algorithm) {
          case RS256 -> is("kty", "RSA");
          case ES256 -> is("kty", "EC") && is("crv", "P-256");
          case EDDSA -> is("kty", "OKP") && is("crv", "Ed25519");
        };
    return fits
        && (!jwk.containsKey("alg") || is("alg", algorithm.code()))
        && (!jwk.containsKey("use") || is("use", "sig"))
        && verifies(jwk.get("key_ops"));
  }

  boolean hasId(String keyId) {
    return is("kid", keyId);
  }

  /**
   * Whether the owner of the key signed the data with the algorithm, which {@link #signs} is true
   * for. May suspend.
   */
  boolean verify(SignatureAlgorithm algorithm, byte[] signature, byte[] data, Crypto crypto) {
    VerificationKey key = ready;
    if (key == null) {
      JsonWriter text = new JsonWriter();
      Json.write(new Value.Obj(jwk), text);
      try {
        key = crypto.verificationKey(algorithm, text.finish());
      } catch (IllegalArgumentException e) {
        return false; // A key that is none, or too short to be one.
      }
      ready = key;
    }
    return key.verify(signature, data);
  }

  private boolean is(String member, String value) {
    return jwk.get(member) instanceof Value.Str text && text.value().equals(value);
  }

  private static boolean verifies(@Nullable Value operations) {
    return operations == null
        || operations instanceof Value.Arr all && all.items().contains(new Value.Str("verify"));
  }
}
