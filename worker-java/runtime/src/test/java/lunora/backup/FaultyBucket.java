package lunora.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobUpload;

/**
 * A bucket of which the named call fails, as R2 may; every time from the so manieth on, until
 * mended.
 */
final class FaultyBucket {

  private final String method;
  private int healthy;

  /**
   * Fails later.
   *
   * @param method such as {@code put} or {@code upload.complete}
   * @param healthy how many calls of it succeed
   */
  FaultyBucket(String method, int healthy) {
    this.method = method;
    this.healthy = healthy;
  }

  void mend() {
    healthy = Integer.MAX_VALUE;
  }

  BlobBucket around(BlobBucket bucket) {
    return faulty(BlobBucket.class, bucket, "");
  }

  private <T> T faulty(Class<T> type, T inner, String prefix) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, called, args) -> {
              if (method.equals(prefix + called.getName()) && healthy-- <= 0) {
                throw new IllegalStateException("R2 failed: " + method);
              }
              try {
                Object answer = called.invoke(inner, args);
                return answer instanceof BlobUpload upload
                    ? faulty(BlobUpload.class, upload, "upload.")
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
