package lunora.host.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lunora.host.inbound.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Objects of any size by key. A key has 1 to 1,024 bytes of UTF-8; there are no folders. Everything
 * is strongly consistent.
 *
 * @see <a href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/">Workers
 *     API of R2</a>
 */
public interface BlobBucket {

  /** The longest key, in bytes of UTF-8. */
  int KEY_BYTES_MAX = 1_024;

  /** How many keys one {@link #delete} takes. */
  int DELETE_KEYS_MAX = 1_000;

  /** How many objects one {@link #list} shows at most. */
  int LIST_MAX = 1_000;

  /** What is known of the object; null when there is none. May suspend. */
  @Nullable BlobInfo head(String key);

  /** The whole object; null when there is none. May suspend. */
  @Nullable Blob get(String key);

  /**
   * Part of the object; null when there is none. May suspend.
   *
   * @param offset of the first byte, before the end of the object
   * @param length at least 1; bytes beyond the end are left out
   * @throws IllegalArgumentException for a range outside of the object
   */
  @Nullable Blob getRange(String key, long offset, long length);

  /**
   * Stores the bytes, in place of what was there. May suspend.
   *
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when they have not the SHA-256 of
   *     the options; then nothing is stored
   */
  BlobInfo put(String key, byte[] bytes, BlobOptions options);

  /**
   * Stores the unread body of the request as it arrives, without it passing through Java. May
   * suspend.
   *
   * @param length the number of bytes that the body has to have
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when it has more or fewer, or not
   *     the SHA-256 of the options; then nothing is stored
   */
  BlobInfo putBody(String key, HttpRequest request, long length, BlobOptions options);

  /**
   * Deletes those of the objects that are there. May suspend.
   *
   * @param keys at most {@link #DELETE_KEYS_MAX}
   */
  void delete(List<String> keys);

  /**
   * Objects in the order of their keys' bytes. May suspend.
   *
   * @param prefix with which their keys begin; may be empty
   * @param cursor of the page before; null for the first
   * @param limit 1 to {@link #LIST_MAX}; a page may be shorter and have a next one all the same
   */
  BlobPage list(String prefix, @Nullable String cursor, int limit);

  /** Begins an upload in parts. The options' SHA-256 is not checked. May suspend. */
  BlobUpload startUpload(String key, BlobOptions options);

  /** An upload that was begun before. Never suspends, and does not ask whether it is there. */
  BlobUpload resumeUpload(String key, String uploadId);

  /** A buffer for texts on their way into a bucket. Never suspends. */
  TextBuffer textBuffer(int capacityBytes);

  /**
   * Refuses what cannot be a key. For implementations.
   *
   * @throws IllegalArgumentException for a key of no bytes or more than 1,024
   */
  static void checkKey(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > KEY_BYTES_MAX) {
      throw new IllegalArgumentException("a key of " + bytes + " bytes");
    }
  }
}
