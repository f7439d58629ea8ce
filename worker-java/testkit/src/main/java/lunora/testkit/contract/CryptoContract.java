package lunora.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.Crypto;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.Sha256;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.VerificationKey;
import lunora.testkit.contract.SignatureVectors.Vector;
import lunora.wire.JsonText;

/** The rules of {@link Crypto}. */
public final class CryptoContract {

  private static final String SHA_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String SHA_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** RFC 4231, test case 2. */
  private static final String HMAC_OF_JEFE =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private static final int RSA_BYTES = 256;

  private CryptoContract() {}

  /** All cases, in the order of the interface. */
  public static List<RemoteCase<Crypto>> cases() {
    List<RemoteCase<Crypto>> cases = new ArrayList<>(hashes());
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      cases.addAll(signatures(SignatureVectors.of(algorithm)));
    }
    cases.addAll(keys());
    cases.add(new RemoteCase<>("randomness differs", CryptoContract::randomness));
    return cases;
  }

  private static List<RemoteCase<Crypto>> hashes() {
    return List.of(
        new RemoteCase<>("a digest is SHA-256", CryptoContract::digest),
        new RemoteCase<>("parts have the digest of the whole", CryptoContract::parts),
        new RemoteCase<>("no parts have the digest of nothing", CryptoContract::noParts),
        new RemoteCase<>("a digest is finished once", CryptoContract::finishedOnce),
        new RemoteCase<>("a code is HMAC-SHA256", CryptoContract::hmac),
        new RemoteCase<>("another code, message or secret is not verified", CryptoContract::forged),
        new RemoteCase<>(
            "an empty secret is refused",
            crypto ->
                RemoteCheck.refusedArgument(
                    "an empty secret", () -> crypto.hmacSecret(new byte[0]))));
  }

  private static void digest(Crypto crypto) {
    Check.equal(SHA_OF_ABC, RemoteCheck.hex(crypto.sha256(RemoteCheck.utf8("abc"))));
    Check.equal(SHA_OF_NOTHING, RemoteCheck.hex(crypto.sha256(new byte[0])));
  }

  private static void parts(Crypto crypto) {
    Sha256 sha = crypto.startSha256();
    sha.update(RemoteCheck.utf8("a"));
    sha.update(new byte[0]);
    byte[] part = RemoteCheck.utf8("bc");
    sha.update(part);
    part[0] = 'x';
    Check.equal(SHA_OF_ABC, RemoteCheck.hex(sha.finish()));
  }

  private static void noParts(Crypto crypto) {
    Check.equal(SHA_OF_NOTHING, RemoteCheck.hex(crypto.startSha256().finish()));
  }

  private static void finishedOnce(Crypto crypto) {
    Sha256 sha = crypto.startSha256();
    byte[] first = sha.finish();
    Check.equal(32, first.length);
    RemoteCheck.refused("a part after the end", () -> sha.update(new byte[1]));
    RemoteCheck.refused("a second end", () -> sha.finish());
  }

  private static void hmac(Crypto crypto) {
    HmacSecret secret = crypto.hmacSecret(RemoteCheck.utf8("Jefe"));
    byte[] message = RemoteCheck.utf8("what do ya want for nothing?");
    byte[] code = secret.sign(message);
    Check.equal(HMAC_OF_JEFE, RemoteCheck.hex(code));
    Check.that(secret.verify(code, message), "its own code is verified");
  }

  private static void forged(Crypto crypto) {
    HmacSecret secret = crypto.hmacSecret(RemoteCheck.utf8("Jefe"));
    byte[] message = RemoteCheck.utf8("a message");
    byte[] code = secret.sign(message);
    HmacSecret other = crypto.hmacSecret(RemoteCheck.utf8("jefe"));
    Check.that(!other.verify(code, message), "another secret");
    Check.that(!secret.verify(code, RemoteCheck.utf8("a massage")), "another message");
    Check.that(!secret.verify(new byte[0], message), "no code");
    Check.that(!secret.verify(new byte[31], message), "a short code");
    code[31] ^= 1;
    Check.that(!secret.verify(code, message), "another code");
  }

  private static List<RemoteCase<Crypto>> signatures(Vector vector) {
    String name = vector.algorithm().code();
    return List.of(
        new RemoteCase<>(
            name + ": the signature of the RFC is verified", crypto -> verified(crypto, vector)),
        new RemoteCase<>(
            name + ": a signature of any other form is not", crypto -> altered(crypto, vector)));
  }

  private static void verified(Crypto crypto, Vector vector) {
    VerificationKey key = crypto.verificationKey(vector.algorithm(), vector.key());
    byte[] signed = RemoteCheck.utf8(vector.signed());
    Check.that(key.verify(vector.signatureBytes(), signed), "the signature");
    Check.that(key.verify(vector.signatureBytes(), signed), "the signature, once more");
    signed[signed.length - 1] ^= 1;
    Check.that(!key.verify(vector.signatureBytes(), signed), "another text");
  }

  private static void altered(Crypto crypto, Vector vector) {
    VerificationKey key = crypto.verificationKey(vector.algorithm(), vector.key());
    byte[] signed = RemoteCheck.utf8(vector.signed());
    byte[] signature = vector.signatureBytes();
    signature[signature.length / 2] ^= 1;
    Check.that(!key.verify(signature, signed), "one bit off");
    Check.that(!key.verify(new byte[0], signed), "no signature");
    Check.that(!key.verify(new byte[signature.length], signed), "zeros");
    Check.that(!key.verify(new byte[signature.length - 1], signed), "a byte less");
    Check.that(!key.verify(new byte[RSA_BYTES * 2], signed), "far too long");
  }

  private static List<RemoteCase<Crypto>> keys() {
    List<RemoteCase<Crypto>> cases = new ArrayList<>();
    for (SignatureAlgorithm of : SignatureAlgorithm.values()) {
      for (SignatureAlgorithm as : SignatureAlgorithm.values()) {
        if (of != as) {
          cases.add(
              refusedKey(
                  "a key for " + of + " is none for " + as, as, SignatureVectors.of(of).key()));
        }
      }
    }
    cases.add(
        refusedKey(
            "an RSA key of 1,024 bits is refused",
            SignatureAlgorithm.RS256,
            SignatureVectors.SHORT_RSA_KEY));
    for (String wrong : WRONG_KEYS) {
      SignatureAlgorithm algorithm =
          wrong.contains("RSA")
              ? SignatureAlgorithm.RS256
              : wrong.contains("OKP") ? SignatureAlgorithm.EDDSA : SignatureAlgorithm.ES256;
      cases.add(refusedKey("no key: " + wrong, algorithm, JsonText.of(wrong)));
    }
    return cases;
  }

  private static final List<String> WRONG_KEYS =
      List.of(
          "null",
          "[]",
          "{}",
          "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":1,\"y\":null}",
          "{\"kty\":\"EC\",\"crv\":\"P-384\","
              + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
              + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-256\","
              + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
              + "\"y\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
          "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
          "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
          "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKx\"}",
          "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}");

  private static RemoteCase<Crypto> refusedKey(
      String name, SignatureAlgorithm algorithm, JsonText key) {
    return new RemoteCase<>(
        name,
        crypto -> RemoteCheck.refusedArgument(name, () -> crypto.verificationKey(algorithm, key)));
  }

  private static void randomness(Crypto crypto) {
    String one = RemoteCheck.hex(crypto.random().bytes(16));
    Check.that(!one.equals(RemoteCheck.hex(crypto.random().bytes(16))), "the same twice");
  }
}
