package lunora.bindings;

import java.nio.charset.StandardCharsets;
import lunora.bridge.workers.DigestStream;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.HmacKey;
import lunora.bridge.workers.SignatureScheme;
import lunora.bridge.workers.WebCrypto;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** Web Crypto. */
final class CryptoRoutes {

  private CryptoRoutes() {}

  static WorkersResponse answer(String action, WorkersRequest request) {
    return switch (action) {
      case "digest" -> digest(request.bytes());
      case "hmac" -> hmac(request.bytes());
      case "stream" -> stream(request.bytes());
      case "random" -> random();
      case "refused" -> refused();
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse digest(byte[] data) {
    Answer answer = new Answer();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      answer.put(algorithm.code(), WebCrypto.digest(algorithm, data));
    }
    return answer.ok();
  }

  private static WorkersResponse stream(byte[] data) {
    DigestStream digest = WebCrypto.digestStream(HashAlgorithm.SHA_512);
    for (byte b : data) {
      digest.write(new byte[] {b});
    }
    return new Answer()
        .put("digest", digest.finish())
        .put("late", Refusal.ofWork(() -> digest.write(data)))
        .put("again", Refusal.ofWork(digest::finish))
        .ok();
  }

  private static WorkersResponse hmac(byte[] message) {
    HmacKey key = WebCrypto.hmacKey(HashAlgorithm.SHA_256, bytes("the secret"));
    byte[] code = key.sign(message);
    byte[] wrong = code.clone();
    wrong[0] ^= 1;
    return new Answer()
        .put("code", code)
        .put("verified", key.verify(code, message))
        .put("wrongCode", key.verify(wrong, message))
        .put("wrongMessage", key.verify(code, bytes("another")))
        .put("shortCode", key.verify(new byte[] {1}, message))
        .put("sha512", WebCrypto.hmacKey(HashAlgorithm.SHA_512, bytes("k")).sign(message).length)
        .ok();
  }

  private static WorkersResponse random() {
    byte[] a = WebCrypto.randomBytes(32);
    byte[] b = WebCrypto.randomBytes(32);
    return new Answer()
        .put("a", a)
        .put("b", b)
        .put("most", WebCrypto.randomBytes(WebCrypto.RANDOM_BYTES_MAX).length)
        .put("uuid", WebCrypto.randomUuid())
        .put("equal", WebCrypto.timingSafeEqual(a, a.clone()))
        .put("unequal", WebCrypto.timingSafeEqual(a, b))
        .put("shorter", WebCrypto.timingSafeEqual(a, new byte[3]))
        .ok();
  }

  private static WorkersResponse refused() {
    return new Answer()
        .put(
            "emptyKey", Refusal.ofWork(() -> WebCrypto.hmacKey(HashAlgorithm.SHA_256, new byte[0])))
        .put("none", Refusal.of(() -> WebCrypto.randomBytes(0)))
        .put(
            "noKey",
            Refusal.ofWork(
                () -> WebCrypto.verifyKey(SignatureScheme.ED25519, JsonText.of("{\"kty\":1}"))))
        .put("many", Refusal.of(() -> WebCrypto.randomBytes(WebCrypto.RANDOM_BYTES_MAX + 1)))
        .ok();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
