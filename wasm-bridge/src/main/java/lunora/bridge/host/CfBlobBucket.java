package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.value.JsException;
import lunora.bridge.workers.ByteStream;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.R2Bucket;
import lunora.bridge.workers.R2GetOptions;
import lunora.bridge.workers.R2ListOptions;
import lunora.bridge.workers.R2Object;
import lunora.bridge.workers.R2Page;
import lunora.bridge.workers.R2PutOptions;
import lunora.bridge.workers.WorkersRequest;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobPage;
import lunora.host.remote.BlobUpload;
import lunora.host.remote.TextBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An R2 bucket.
 *
 * @see <a href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/">Workers
 *     API of R2</a>
 */
public final class CfBlobBucket implements BlobBucket {

  private final R2Bucket bucket;

  public CfBlobBucket(R2Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public @Nullable BlobInfo head(String key) {
    BlobBucket.checkKey(key);
    R2Object found = bucket.head(key);
    return found == null ? null : info(found);
  }

  @Override
  public @Nullable Blob get(String key) {
    BlobBucket.checkKey(key);
    R2Object found = bucket.get(key);
    return found == null ? null : new CfBlob(found, 0, found.sizeBytes());
  }

  @Override
  public @Nullable Blob getRange(String key, long offset, long length) {
    BlobBucket.checkKey(key);
    if (offset < 0 || length < 1) {
      throw outside(offset, length);
    }
    R2Object found;
    try {
      found = bucket.get(key, R2GetOptions.range(offset, length));
    } catch (JsException e) {
      // R2's answer to a range that begins behind the end, of whatever object.
      throw outside(offset, length);
    }
    if (found == null) {
      return null;
    }
    if (offset >= found.sizeBytes()) {
      throw outside(offset, length);
    }
    return new CfBlob(found, offset, Math.min(length, found.sizeBytes() - offset));
  }

  private static IllegalArgumentException outside(long offset, long length) {
    return new IllegalArgumentException("no range of the object: " + offset + ", " + length);
  }

  @Override
  public BlobInfo put(String key, byte[] bytes, BlobOptions options) {
    BlobBucket.checkKey(key);
    R2Object stored;
    try {
      stored = bucket.put(key, bytes, options(options));
    } catch (JsException e) {
      throw mismatch(e, options.sha256() != null);
    }
    return stored(stored);
  }

  @Override
  public BlobInfo putBody(String key, HttpRequest request, long length, BlobOptions options) {
    BlobBucket.checkKey(key);
    WorkersRequest sent = new WorkersRequest(((CfHttpRequest) request).js());
    String declared = sent.headers().get("content-length");
    ByteStream body = sent.body();
    // The platform holds a sender to the length it declared; a longer stream could be stored in
    // part.
    if (!String.valueOf(length).equals(declared == null && body == null ? "0" : declared)) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "The body is not what was announced");
    }
    if (body == null) {
      return put(key, new byte[0], options);
    }
    R2Object stored;
    try {
      stored = bucket.put(key, body, options(options));
    } catch (JsException e) {
      throw mismatch(e, true);
    }
    return stored(stored);
  }

  /** R2 gives no code: what was pinned and may differ is what most likely did. */
  private static RuntimeException mismatch(JsException e, boolean pinned) {
    if (!pinned) {
      return e;
    }
    LunoraException refusal =
        new LunoraException(ErrorCode.INVALID_INPUT, "The body is not what was announced");
    refusal.initCause(e);
    return refusal;
  }

  private static BlobInfo stored(@Nullable R2Object stored) {
    if (stored == null) {
      throw new IllegalStateException("an unconditional put had a condition");
    }
    return info(stored);
  }

  @Override
  public void delete(List<String> keys) {
    if (keys.size() > DELETE_KEYS_MAX) {
      throw new IllegalArgumentException("at most " + DELETE_KEYS_MAX + " keys");
    }
    if (!keys.isEmpty()) {
      bucket.delete(keys);
    }
  }

  @Override
  public BlobPage list(String prefix, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > LIST_MAX) {
      throw new IllegalArgumentException("1 to " + LIST_MAX + " objects a page, not " + limit);
    }
    R2Page page =
        bucket.list(
            R2ListOptions.withPrefix(prefix).after(cursor).limitedTo(limit).includingMetadata());
    List<BlobInfo> blobs = new ArrayList<>();
    for (R2Object object : page.objects()) {
      blobs.add(info(object));
    }
    return new BlobPage(blobs, page.cursor());
  }

  @Override
  public BlobUpload startUpload(String key, BlobOptions options) {
    BlobBucket.checkKey(key);
    R2PutOptions withoutSum =
        options(new BlobOptions(options.contentType(), null, options.metadata()));
    return new CfBlobUpload(bucket.startUpload(key, withoutSum));
  }

  @Override
  public BlobUpload resumeUpload(String key, String uploadId) {
    return new CfBlobUpload(bucket.resumeUpload(key, uploadId));
  }

  @Override
  public TextBuffer textBuffer(int capacityBytes) {
    return new CfTextBuffer(capacityBytes);
  }

  private static R2PutOptions options(BlobOptions options) {
    R2PutOptions put = new R2PutOptions().metadata(options.metadata());
    if (options.contentType() != null) {
      put.contentType(options.contentType());
    }
    if (options.sha256() != null) {
      put.checksum(HashAlgorithm.SHA_256, options.sha256());
    }
    return put;
  }

  static BlobInfo info(R2Object object) {
    return new BlobInfo(
        object.key(),
        object.sizeBytes(),
        object.etag(),
        object.uploadedMs(),
        object.httpMetadata("contentType"),
        object.checksum(HashAlgorithm.SHA_256),
        object.metadata());
  }
}
