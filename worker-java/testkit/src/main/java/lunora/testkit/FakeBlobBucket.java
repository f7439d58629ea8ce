package lunora.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.local.Clock;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.BlobPage;
import lunora.host.remote.BlobUpload;
import lunora.host.remote.TextBuffer;
import org.jspecify.annotations.Nullable;

/** A bucket in memory. */
public final class FakeBlobBucket implements BlobBucket {

  /** An object as it is kept. */
  record Stored(BlobInfo info, byte[] bytes) {}

  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final Clock clock;
  private final Map<String, Stored> objects = new TreeMap<>(BY_BYTES);
  private final Map<String, FakeBlobUpload> uploads = new TreeMap<>();

  /** An empty bucket. */
  public FakeBlobBucket(Clock clock) {
    this.clock = clock;
  }

  /** The keys of all objects, in order. */
  public List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** How many uploads were neither completed nor aborted. */
  public int openUploads() {
    return uploads.size();
  }

  @Override
  public @Nullable BlobInfo head(String key) {
    BlobBucket.checkKey(key);
    Stored stored = objects.get(key);
    return stored == null ? null : stored.info();
  }

  @Override
  public @Nullable Blob get(String key) {
    BlobBucket.checkKey(key);
    Stored stored = objects.get(key);
    return stored == null ? null : new FakeBlob(stored.info(), 0, stored.bytes());
  }

  @Override
  public @Nullable Blob getRange(String key, long offset, long length) {
    BlobBucket.checkKey(key);
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException("no range: " + offset + ", " + length);
    }
    Stored stored = objects.get(key);
    if (stored == null) {
      return null;
    }
    int size = stored.bytes().length;
    if (offset >= size) {
      throw new IllegalArgumentException("no range of " + size + " bytes: " + offset);
    }
    int end = (int) Math.min(size, offset + length);
    return new FakeBlob(
        stored.info(), offset, Arrays.copyOfRange(stored.bytes(), (int) offset, end));
  }

  @Override
  public BlobInfo put(String key, byte[] bytes, BlobOptions options) {
    BlobBucket.checkKey(key);
    byte[] wanted = options.sha256();
    if (wanted != null && !Arrays.equals(wanted, new FakeCrypto().sha256(bytes))) {
      throw mismatch();
    }
    return keep(key, bytes.clone(), options, FakeBlobUpload.md5(bytes));
  }

  @Override
  public BlobInfo putBody(String key, HttpRequest request, long length, BlobOptions options) {
    if (!(request instanceof FakeHttpRequest fake)) {
      throw new IllegalArgumentException("not a request of this host: " + request);
    }
    byte[] body = fake.takeBody();
    if (body.length != length) {
      throw mismatch();
    }
    return put(key, body, options);
  }

  private static LunoraException mismatch() {
    return new LunoraException(ErrorCode.INVALID_INPUT, "The body is not what was announced");
  }

  BlobInfo keep(String key, byte[] bytes, BlobOptions options, String etag) {
    BlobInfo info =
        new BlobInfo(
            key,
            bytes.length,
            etag,
            clock.nowMs(),
            options.contentType(),
            options.sha256(),
            Map.copyOf(options.metadata()));
    objects.put(key, new Stored(info, bytes));
    return info;
  }

  @Override
  public void delete(List<String> keys) {
    if (keys.size() > DELETE_KEYS_MAX) {
      throw new IllegalArgumentException("at most " + DELETE_KEYS_MAX + " keys");
    }
    keys.forEach(BlobBucket::checkKey);
    keys.forEach(objects::remove);
  }

  @Override
  public BlobPage list(String prefix, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > LIST_MAX) {
      throw new IllegalArgumentException("1 to " + LIST_MAX + " objects a page, not " + limit);
    }
    List<BlobInfo> page = new ArrayList<>();
    for (Stored stored : objects.values()) {
      String key = stored.info().key();
      if (!key.startsWith(prefix) || cursor != null && BY_BYTES.compare(key, cursor) <= 0) {
        continue;
      }
      if (page.size() == limit) {
        return new BlobPage(page, page.get(limit - 1).key());
      }
      page.add(stored.info());
    }
    return new BlobPage(page, null);
  }

  @Override
  public BlobUpload startUpload(String key, BlobOptions options) {
    BlobBucket.checkKey(key);
    String id = "upload-" + key + "-" + uploads.size() + "-" + clock.nowMs();
    uploads.put(id, new FakeBlobUpload(this, key, id, options));
    return resumeUpload(key, id);
  }

  @Override
  public BlobUpload resumeUpload(String key, String uploadId) {
    FakeBlobUpload known = uploads.get(uploadId);
    return known == null ? new FakeBlobUpload(this, key, uploadId, BlobOptions.NONE) : known;
  }

  @Override
  public TextBuffer textBuffer(int capacityBytes) {
    return new FakeTextBuffer(capacityBytes);
  }

  boolean isOpen(String uploadId) {
    return uploads.containsKey(uploadId);
  }

  void ended(String uploadId) {
    uploads.remove(uploadId);
  }
}
