package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobUpload;
import lunora.host.remote.Crypto;
import lunora.host.remote.Sha256;
import lunora.host.remote.TextBuffer;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * An object of a bucket that is written text by text: in parts of the least size, all equal, or at
 * once where it is shorter. It takes the memory of one part, and is not there before {@link
 * #finish}. Everything may suspend.
 */
final class PartedObject {

  private static final int PART_BYTES = BlobUpload.PART_BYTES_MIN;

  private final BlobBucket bucket;
  private final String key;
  private final String contentType;
  private final Sha256 hash;
  private final TextBuffer buffer;
  private final List<BlobUpload.Part> parts = new ArrayList<>();
  private @Nullable BlobUpload upload;
  private long bytes;

  PartedObject(BlobBucket bucket, String key, String contentType, Crypto crypto) {
    this.bucket = bucket;
    this.key = key;
    this.contentType = contentType;
    this.hash = crypto.startSha256();
    this.buffer = bucket.textBuffer(PART_BYTES);
  }

  void write(JsonText text) {
    int from = 0;
    while (from < text.length()) {
      from = buffer.put(text, from);
      if (buffer.size() >= PART_BYTES) {
        part(buffer.take(PART_BYTES));
      }
    }
  }

  private void part(byte[] part) {
    BlobUpload started = upload;
    if (started == null) {
      started = bucket.startUpload(key, BlobOptions.ofType(contentType));
      upload = started;
    }
    hash.update(part);
    BlobUpload.Part done = started.part(parts.size() + 1, part);
    parts.add(done);
    bytes += part.length;
  }

  /** Makes the object. Gives its SHA-256, 32 bytes. */
  byte[] finish() {
    byte[] rest = buffer.take(buffer.size());
    BlobUpload started = upload;
    if (started == null) {
      hash.update(rest);
      byte[] sum = hash.finish();
      bytes = rest.length;
      bucket.put(key, rest, new BlobOptions(contentType, sum, Map.of()));
      return sum;
    }
    if (rest.length > 0) {
      part(rest);
    }
    byte[] sum = hash.finish();
    started.complete(parts);
    return sum;
  }

  /** Drops what was uploaded. */
  void abort() {
    BlobUpload started = upload;
    if (started != null) {
      started.abort();
    }
  }

  /** How many bytes there are, in parts that are uploaded. */
  long bytes() {
    return bytes;
  }
}
