package lunora.testkit;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.VerificationKey;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** A public key of the JDK, read from a JSON Web Key. */
final class FakeVerificationKey implements VerificationKey {

  private static final int RSA_BITS_MIN = 2048;
  private static final int COORDINATE_BYTES = 32;

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form. */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String signature;
  private final PublicKey key;

  private FakeVerificationKey(String signature, PublicKey key) {
    this.signature = signature;
    this.key = key;
  }

  static FakeVerificationKey of(SignatureAlgorithm algorithm, JsonText jwk) {
    if (!(Json.read(jwk.toString()) instanceof Value.Obj object)) {
      throw new IllegalArgumentException("a key is a JSON object");
    }
    Map<String, Value> fields = object.fields();
    try {
      return switch (algorithm) {
        case RS256 -> new FakeVerificationKey("SHA256withRSA", rsa(fields));
        case ES256 -> new FakeVerificationKey("SHA256withECDSAinP1363Format", p256(fields));
        case EDDSA -> new FakeVerificationKey("Ed25519", ed25519(fields));
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key for " + algorithm.code(), e);
    }
  }

  @Override
  public boolean verify(byte[] code, byte[] data) {
    try {
      Signature verifier = Signature.getInstance(signature);
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(code);
    } catch (SignatureException e) {
      return false; // The JDK's answer to a signature of the wrong form.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey rsa(Map<String, Value> jwk) throws GeneralSecurityException {
    expect(jwk, "kty", "RSA");
    BigInteger modulus = new BigInteger(1, bytes(jwk, "n"));
    if (modulus.bitLength() < RSA_BITS_MIN) {
      throw new IllegalArgumentException("an RSA key of " + modulus.bitLength() + " bits");
    }
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, new BigInteger(1, bytes(jwk, "e"))));
  }

  private static PublicKey p256(Map<String, Value> jwk) throws GeneralSecurityException {
    expect(jwk, "kty", "EC");
    expect(jwk, "crv", "P-256");
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
    ECPoint point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
    checkOnCurve(point, curve.getCurve());
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }

  /** The JDK takes any point. */
  private static void checkOnCurve(ECPoint point, EllipticCurve curve) {
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    if (!point.getAffineY().pow(2).mod(p).equals(right)) {
      throw new IllegalArgumentException("not a point of P-256");
    }
  }

  private static BigInteger coordinate(Map<String, Value> jwk, String name) {
    return new BigInteger(1, sized(bytes(jwk, name), name));
  }

  private static PublicKey ed25519(Map<String, Value> jwk) throws GeneralSecurityException {
    expect(jwk, "kty", "OKP");
    expect(jwk, "crv", "Ed25519");
    byte[] x = sized(bytes(jwk, "x"), "x");
    byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static byte[] sized(byte[] bytes, String name) {
    if (bytes.length != COORDINATE_BYTES) {
      throw new IllegalArgumentException(name + " of " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static void expect(Map<String, Value> jwk, String name, String value) {
    if (!text(jwk, name).equals(value)) {
      throw new IllegalArgumentException(name + " is not " + value);
    }
  }

  private static byte[] bytes(Map<String, Value> jwk, String name) {
    return Base64.getUrlDecoder().decode(text(jwk, name));
  }

  private static String text(Map<String, Value> jwk, String name) {
    if (jwk.get(name) instanceof Value.Str text) {
      return text.value();
    }
    throw new IllegalArgumentException("a key without " + name);
  }
}
