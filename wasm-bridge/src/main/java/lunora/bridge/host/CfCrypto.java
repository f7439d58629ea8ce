package lunora.bridge.host;

import lunora.bridge.value.JsText;
import lunora.bridge.workers.DigestStream;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.HmacKey;
import lunora.bridge.workers.SignatureScheme;
import lunora.bridge.workers.VerifyKey;
import lunora.bridge.workers.WebCrypto;
import lunora.host.local.RandomSource;
import lunora.host.remote.Crypto;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.Sha256;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.VerificationKey;
import lunora.wire.JsonText;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSString;

/**
 * Web Crypto. Suspends wherever the interface lets it.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class CfCrypto implements Crypto {

  private static final int RSA_BITS_MIN = 2048;
  private static final int ED25519_BYTES = 64;

  private final CfRandom random = new CfRandom();

  @Override
  public byte[] sha256(byte[] data) {
    return WebCrypto.digest(HashAlgorithm.SHA_256, data);
  }

  @Override
  public Sha256 startSha256() {
    return new Digest(WebCrypto.digestStream(HashAlgorithm.SHA_256));
  }

  @Override
  public HmacSecret hmacSecret(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("an empty secret");
    }
    return new Secret(WebCrypto.hmacKey(HashAlgorithm.SHA_256, secret));
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, JsonText jwk) {
    VerifyKey key;
    try {
      key = WebCrypto.verifyKey(scheme(algorithm), members(algorithm, jwk));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("no public key for " + algorithm.code(), e);
    }
    if (algorithm == SignatureAlgorithm.RS256 && key.modulusBits() < RSA_BITS_MIN) {
      throw new IllegalArgumentException("an RSA key of " + key.modulusBits() + " bits");
    }
    return new Key(key, algorithm == SignatureAlgorithm.EDDSA ? ED25519_BYTES : 0);
  }

  private static SignatureScheme scheme(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256 -> SignatureScheme.RSA_SHA_256;
      case ES256 -> SignatureScheme.ECDSA_P_256;
      case EDDSA -> SignatureScheme.ED25519;
    };
  }

  /**
   * The members that make up a public key: the platform judges any other, and a private one. That
   * they are of the right kind is checked here, as it overlooks a wrong curve.
   */
  private static JsonText members(SignatureAlgorithm algorithm, JsonText jwk) {
    JSString text = JsText.toJs(jwk);
    return new JsText(
        switch (algorithm) {
          case RS256 -> picked(text, "RSA", "", "kty,n,e");
          case ES256 -> picked(text, "EC", "P-256", "kty,crv,x,y");
          case EDDSA -> picked(text, "OKP", "Ed25519", "kty,crv,x");
        });
  }

  @Override
  public RandomSource random() {
    return random;
  }

  private static final class Digest implements Sha256 {

    private final DigestStream stream;
    private boolean finished;

    Digest(DigestStream stream) {
      this.stream = stream;
    }

    @Override
    public void update(byte[] part) {
      checkOpen();
      if (part.length > 0) {
        stream.write(part);
      }
    }

    @Override
    public byte[] finish() {
      checkOpen();
      finished = true;
      return stream.finish();
    }

    private void checkOpen() {
      if (finished) {
        throw new IllegalStateException("the digest is finished");
      }
    }
  }

  private record Secret(HmacKey key) implements HmacSecret {

    @Override
    public byte[] sign(byte[] message) {
      return key.sign(message);
    }

    @Override
    public boolean verify(byte[] code, byte[] message) {
      return key.verify(code, message);
    }
  }

  /**
   * A key.
   *
   * @param signatureBytes the length of a signature where the platform throws for any other, else 0
   */
  private record Key(VerifyKey key, int signatureBytes) implements VerificationKey {

    @Override
    public boolean verify(byte[] signature, byte[] data) {
      boolean shaped = signatureBytes == 0 || signature.length == signatureBytes;
      return shaped && key.verify(signature, data);
    }
  }

  /** Throws, as the platform does for a wrong key. */
  @JSBody(
      params = {"jwk", "kty", "crv", "names"},
      script =
          "var key = JSON.parse(jwk);if (key.kty !== kty || (crv && key.crv !== crv)) throw new"
              + " TypeError('wrong kty or crv');return JSON.stringify(key, names.split(','));")
  private static native JSString picked(JSString jwk, String kty, String crv, String names);
}
