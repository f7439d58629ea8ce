package lunora.testkit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lunora.host.local.RandomSource;
import lunora.host.remote.Crypto;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.Sha256;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.VerificationKey;
import lunora.wire.JsonText;

/** The JDK's cryptography; only the randomness is a test's. */
public final class FakeCrypto implements Crypto {

  private final SeededRandom random = new SeededRandom(1);

  @Override
  public byte[] sha256(byte[] data) {
    return newSha256().digest(data);
  }

  @Override
  public Sha256 startSha256() {
    return new Digest(newSha256());
  }

  @Override
  public HmacSecret hmacSecret(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("an empty secret");
    }
    return new Secret(new SecretKeySpec(secret, "HmacSHA256"));
  }

  @Override
  public VerificationKey verificationKey(SignatureAlgorithm algorithm, JsonText jwk) {
    return FakeVerificationKey.of(algorithm, jwk);
  }

  @Override
  public RandomSource random() {
    return random;
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Digest implements Sha256 {

    private final MessageDigest digest;
    private boolean finished;

    Digest(MessageDigest digest) {
      this.digest = digest;
    }

    @Override
    public void update(byte[] part) {
      checkOpen();
      digest.update(part);
    }

    @Override
    public byte[] finish() {
      checkOpen();
      finished = true;
      return digest.digest();
    }

    private void checkOpen() {
      if (finished) {
        throw new IllegalStateException("the digest is finished");
      }
    }
  }

  private record Secret(SecretKeySpec key) implements HmacSecret {

    @Override
    public byte[] sign(byte[] message) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(message);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean verify(byte[] code, byte[] message) {
      return MessageDigest.isEqual(sign(message), code);
    }
  }
}
