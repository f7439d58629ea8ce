package lunora.host.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param cursor for the next page; null at the end
 */
public record BlobPage(List<BlobInfo> blobs, @Nullable String cursor) {}
