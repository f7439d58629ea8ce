package lunora.host.remote;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object.
 *
 * @param sizeBytes of the whole object
 * @param etag another one for other bytes; without quotation marks
 * @param uploadedMs in epoch milliseconds
 * @param contentType as it was stored; null when it was not
 * @param sha256 as it was given; null when it was not
 * @param metadata as it was given
 */
public record BlobInfo(
    String key,
    long sizeBytes,
    String etag,
    long uploadedMs,
    @Nullable String contentType,
    byte @Nullable [] sha256,
    Map<String, String> metadata) {}
