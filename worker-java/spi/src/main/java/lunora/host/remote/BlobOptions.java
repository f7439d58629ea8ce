package lunora.host.remote;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored with an object.
 *
 * @param contentType null for none
 * @param sha256 that the bytes have to have, 32 bytes; null for any
 * @param metadata the app's own: names in lower case, at most 8,192 bytes in all
 */
public record BlobOptions(
    @Nullable String contentType, byte @Nullable [] sha256, Map<String, String> metadata) {

  /** Nothing but the bytes. */
  public static final BlobOptions NONE = new BlobOptions(null, null, Map.of());

  /** Only a content type. */
  public static BlobOptions ofType(String contentType) {
    return new BlobOptions(contentType, null, Map.of());
  }
}
