package lunora.storage;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;

/** What the deployment says of its storage. */
final class StorageSettings {

  /** The binding of the bucket. */
  static final String BUCKET = "FILES";

  private static final String SECRET = "LUNORA_STORAGE_SECRET";
  private static final int SECRET_LENGTH_MIN = 32;

  private StorageSettings() {}

  /** What URLs of this deployment are signed with. */
  static String secret(Bindings bindings) {
    String secret = bindings.variable(SECRET);
    if (secret == null || secret.length() < SECRET_LENGTH_MIN) {
      throw missing("the secret " + SECRET + ", " + SECRET_LENGTH_MIN + " characters or more");
    }
    return secret;
  }

  /** What URLs straight to R2 are signed with. */
  static S3Presigner presigner(Bindings bindings) {
    String id = required(bindings, "LUNORA_S3_ACCESS_KEY_ID");
    String secret = required(bindings, "LUNORA_S3_SECRET_ACCESS_KEY");
    String region = bindings.variable("LUNORA_S3_REGION");
    String host = required(bindings, "LUNORA_S3_HOST");
    return new S3Presigner(host, region == null ? "auto" : region, id, secret);
  }

  /** The name of the bucket as S3 knows it. */
  static String bucketName(Bindings bindings) {
    return required(bindings, "LUNORA_S3_BUCKET");
  }

  private static String required(Bindings bindings, String name) {
    String value = bindings.variable(name);
    if (value == null || value.isEmpty()) {
      throw missing("the variable " + name);
    }
    return value;
  }

  private static LunoraException missing(String what) {
    return new LunoraException(ErrorCode.STORAGE_NOT_CONFIGURED, "set " + what);
  }
}
