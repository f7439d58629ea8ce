package lunora.api;

/**
 * An upload that somebody may make.
 *
 * @param key of the object; use no key a second time after it was deleted
 * @param contentType that the sender has to declare
 * @param sizeBytes that the body has to have, to the byte
 * @param ttlSeconds for how long the permission lasts, 1 to 604,800
 */
public record FileUpload(String key, String contentType, long sizeBytes, long ttlSeconds) {

  /** An hour. */
  public static final long TTL_SECONDS_DEFAULT = 3_600;

  /** An upload that may be made within the hour. */
  public static FileUpload of(String key, String contentType, long sizeBytes) {
    return new FileUpload(key, contentType, sizeBytes, TTL_SECONDS_DEFAULT);
  }
}
