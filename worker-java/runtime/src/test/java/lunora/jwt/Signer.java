package lunora.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An identity provider with one key of the JDK. */
final class Signer {

  private static final int COORDINATE_BYTES = 32;

  private final String algorithm;
  private final String keyId;
  private final KeyPair keys;

  private Signer(String algorithm, String keyId, KeyPair keys) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.keys = keys;
  }

  static Signer of(String algorithm, String keyId) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm) {
                case "RS256" -> "RSA";
                case "ES256" -> "EC";
                default -> "Ed25519";
              });
      if (algorithm.equals("RS256")) {
        generator.initialize(2048);
      } else if (algorithm.equals("ES256")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return new Signer(algorithm, keyId, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as the provider publishes it. */
  String jwk() {
    String members =
        keys.getPublic() instanceof RSAPublicKey rsa
            ? rsaMembers(rsa)
            : keys.getPublic() instanceof ECPublicKey ec ? ecMembers(ec) : edMembers();
    return "{\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"%s\",%s}"
        .formatted(keyId, algorithm, members);
  }

  static String keySet(Signer... signers) {
    return "{\"keys\":[%s]}"
        .formatted(String.join(",", Arrays.stream(signers).map(Signer::jwk).toList()));
  }

  /** A token with the claims, of this provider's algorithm and key. */
  String token(String claims) {
    return token("{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, keyId), claims);
  }

  /** A token that this provider signed, whatever its header says. */
  String token(String header, String claims) {
    String signed = encode(header) + "." + encode(claims);
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                default -> "Ed25519";
              });
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token with an HMAC in the place of a signature. */
  static String hmacToken(String header, String claims, byte[] secret) {
    String signed = encode(header) + "." + encode(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String rsaMembers(RSAPublicKey key) {
    return "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
        .formatted(
            encode(unsigned(key.getModulus(), 256)), encode(unsigned(key.getPublicExponent(), 3)));
  }

  private static String ecMembers(ECPublicKey key) {
    return "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\""
        .formatted(
            encode(unsigned(key.getW().getAffineX(), COORDINATE_BYTES)),
            encode(unsigned(key.getW().getAffineY(), COORDINATE_BYTES)));
  }

  private String edMembers() {
    byte[] encoded = ((EdECPublicKey) keys.getPublic()).getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - COORDINATE_BYTES, encoded.length);
    return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"".formatted(encode(point));
  }

  private static byte[] unsigned(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    byte[] sized = new byte[size];
    int length = Math.min(size, bytes.length);
    System.arraycopy(bytes, bytes.length - length, sized, size - length, length);
    return sized;
  }
}
