package lunora.testkit.contract;

import java.util.Base64;
import lunora.host.remote.SignatureAlgorithm;
import lunora.wire.JsonText;

/** Signed tokens of RFC 7515 (A.2, A.3) and RFC 8037 (A.4), with the keys that verify them. */
final class SignatureVectors {

  private static final String RSA_MODULUS =
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4"
          + "d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5"
          + "z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJ"
          + "H7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

  private static final String RSA_SIGNATURE =
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
          + "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQB"
          + "MHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6I"
          + "eYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

  private static final String CLAIMS =
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
          + "fQ";

  /** An RSA key of 1,024 bits. */
  static final JsonText SHORT_RSA_KEY =
      JsonText.of(
          "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"7n5sd6H9kjXi4BOM0SoMRHkts57igJOZOomTXgh6N4dtdn6m1HuC"
              + "bxduZM9kdgva2-5cEU6OIDzTVFqucvU58A4eJwGE_-1WvoAbRUzpHpUODOpNKCGnd9KMoUPWlDavw62mY1-"
              + "_5bcGRRREjik_bi4iAGG9aqWmgM4BTpwl9js\"}");

  /**
   * One signed text.
   *
   * @param signature in base64url
   */
  record Vector(SignatureAlgorithm algorithm, JsonText key, String signed, String signature) {

    byte[] signatureBytes() {
      return bytes(signature);
    }
  }

  private SignatureVectors() {}

  static Vector of(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256 ->
          new Vector(
              algorithm,
              JsonText.of(
                  "{\"kty\":\"RSA\",\"kid\":\"a\",\"use\":\"sig\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\""
                      + RSA_MODULUS
                      + "\"}"),
              "eyJhbGciOiJSUzI1NiJ9" + CLAIMS,
              RSA_SIGNATURE);
      case ES256 ->
          new Vector(
              algorithm,
              JsonText.of(
                  "{\"kty\":\"EC\",\"crv\":\"P-256\",\"key_ops\":[\"verify\"],"
                      + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                      + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"),
              "eyJhbGciOiJFUzI1NiJ9" + CLAIMS,
              "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
      case EDDSA ->
          new Vector(
              algorithm,
              JsonText.of(
                  "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\","
                      + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"),
              "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
              "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    };
  }

  private static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }
}
