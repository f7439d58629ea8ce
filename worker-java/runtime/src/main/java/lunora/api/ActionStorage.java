package lunora.api;

import lunora.host.remote.BlobInfo;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the bucket that is bound as {@code FILES}. Whoever has one of the URLs may do what
 * it says until it expires, without logging in: the caller is checked here, by the app's rules.
 *
 * <p>Every method may suspend, and throws {@code FORBIDDEN} when a rule of the app says so, {@code
 * VALIDATION_ERROR} for a key, size or duration that is out of range, and {@code
 * STORAGE_NOT_CONFIGURED} when the deployment lacks the secrets to sign with.
 */
public interface ActionStorage {

  /** A URL of this deployment to PUT the object to, with exactly this content type and length. */
  String uploadUrl(FileUpload upload);

  /**
   * A URL of this deployment to GET the object from, whole or a range of it.
   *
   * @param ttlSeconds for how long, 1 to 604,800
   */
  String downloadUrl(String key, long ttlSeconds);

  /** As {@link #uploadUrl}, but straight to R2, past the Worker and its limit on bodies. */
  String directUploadUrl(FileUpload upload);

  /** As {@link #downloadUrl}, but straight from R2. */
  String directDownloadUrl(String key, long ttlSeconds);

  /** What is known of the object; null when there is none. */
  @Nullable BlobInfo head(String key);
}
