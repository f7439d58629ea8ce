package lunora.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lunora.api.FileUpload;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Honours signed URLs: uploads and downloads pass through the Worker without entering Java. */
public final class StorageRoute {

  /** Types that a browser shows and never runs; anything else it is told to save. */
  private static final Set<String> SHOWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");

  private StorageRoute() {}

  /** Whether a path is one of the storage's. */
  public static boolean owns(String path) {
    return path.startsWith(SignedUrl.PREFIX);
  }

  /**
   * Answers one request. May suspend.
   *
   * @throws LunoraException {@code FORBIDDEN} for a URL that does not allow it, whatever the
   *     reason; {@code STORAGE_OBJECT_NOT_FOUND}; {@code INVALID_INPUT} for an upload that is not
   *     what was announced, of which nothing is stored
   */
  public static HttpResponse answer(HttpRequest request, WorkerHost host) {
    String secret = StorageSettings.secret(host);
    SignedUrl url = SignedUrl.verified(request, host.clock().nowMs(), secret, host.crypto());
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    if (url == null || !url.method().equals(method)) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "this URL does not allow that, or no longer");
    }
    BlobBucket bucket = host.bucket(StorageSettings.BUCKET);
    // Statements, not one expression: TeaVM compiles a suspending branch of one to invalid Wasm.
    if (method.equals("PUT")) {
      return upload(request, url, bucket, host);
    }
    return download(request, url.key(), bucket);
  }

  private static HttpResponse upload(
      HttpRequest request, SignedUrl url, BlobBucket bucket, WorkerHost host) {
    String type = url.contentType();
    String size = url.size();
    if (type == null || size == null || !type.equals(request.header("content-type"))) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "The body is not what was announced");
    }
    long bytes = Long.parseLong(size);
    BlobInfo stored = bucket.putBody(url.key(), request, bytes, BlobOptions.ofType(type));
    arrived(stored, host);
    JsonWriter body = new JsonWriter().raw("{\"key\":").string(stored.key());
    body.raw(",\"size\":").number(stored.sizeBytes()).raw(",\"etag\":").string(stored.etag());
    return HttpResponse.json(200, body.raw("}").finish());
  }

  /**
   * Stores the body of a request that needs no URL, and writes it down as if it had had one: what
   * no row names is swept. May suspend.
   *
   * @throws LunoraException {@code CONFLICT} while a sweep deletes what has that key
   */
  public static BlobInfo store(FileUpload upload, HttpRequest request, WorkerHost host) {
    double expiresMs = host.clock().nowMs() + upload.ttlSeconds() * 1_000.0;
    FileLedger.announce(upload, Optional.empty(), expiresMs, host);
    BlobOptions options = BlobOptions.ofType(upload.contentType());
    BlobBucket bucket = host.bucket(StorageSettings.BUCKET);
    BlobInfo stored = bucket.putBody(upload.key(), request, upload.sizeBytes(), options);
    arrived(stored, host);
    return stored;
  }

  /** The object is there whether or not that can be written down now: the sweep will. */
  private static void arrived(BlobInfo stored, WorkerHost host) {
    try {
      FileLedger.stored(stored, host);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.WARN, "an upload is unconfirmed: " + stored.key(), e);
    }
  }

  /**
   * The bytes of a file, or the range of them that is asked for. May suspend.
   *
   * @throws LunoraException {@code STORAGE_OBJECT_NOT_FOUND}
   */
  public static HttpResponse download(HttpRequest request, String key, BlobBucket bucket) {
    BlobInfo info = bucket.head(key);
    if (info == null) {
      throw notFound();
    }
    Map<String, String> headers = headers(info);
    ByteRange range = ByteRange.of(request.header("range"), info.sizeBytes());
    if (request.method().equals("HEAD")) {
      return new HttpResponse.Plain(200, headers, "");
    }
    if (range == null) {
      Blob blob = bucket.get(key);
      return found(blob).toResponse(200, headers);
    }
    if (range.length() == 0) {
      headers.put("content-range", "bytes */" + info.sizeBytes());
      return new HttpResponse.Plain(416, headers, "");
    }
    long last = range.offset() + range.length() - 1;
    headers.put("content-range", "bytes " + range.offset() + "-" + last + "/" + info.sizeBytes());
    Blob part = bucket.getRange(key, range.offset(), range.length());
    return found(part).toResponse(206, headers);
  }

  private static Blob found(@Nullable Blob blob) {
    if (blob == null) {
      throw notFound();
    }
    return blob;
  }

  private static LunoraException notFound() {
    return new LunoraException(ErrorCode.STORAGE_OBJECT_NOT_FOUND, "there is no such file");
  }

  private static Map<String, String> headers(BlobInfo info) {
    Map<String, String> headers = new LinkedHashMap<>();
    String type = info.contentType() == null ? "application/octet-stream" : info.contentType();
    headers.put("content-type", type);
    headers.put("content-disposition", SHOWN.contains(type) ? "inline" : "attachment");
    headers.put("etag", "\"" + info.etag() + "\"");
    headers.put("accept-ranges", "bytes");
    headers.put("cache-control", "private, no-cache");
    return headers;
  }
}
