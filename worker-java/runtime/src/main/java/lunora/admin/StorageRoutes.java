package lunora.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.FileUpload;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.InputFields;
import lunora.rpc.RpcResponses;
import lunora.storage.RemoteStorage;
import lunora.storage.StorageRoute;
import lunora.storage.StorageSweep;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The files of a deployment (protocol section 15.3). */
public final class StorageRoutes {

  private static final String BUCKET = "FILES";
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final int URL_SECONDS = 300;
  private static final int URL_SECONDS_MAX = 86_400;

  private StorageRoutes() {}

  /**
   * Adds {@code storage} and what is below it.
   *
   * @param sweep null where there is none
   */
  public static void add(AdminRoutes routes, @Nullable StorageSweep sweep) {
    routes.add("GET storage/files", StorageRoutes::files);
    routes.op("storageReferences", (shardKey, args, host) -> references(args, host));
    routes.op("storageOrphans", (shardKey, args, host) -> orphans(sweep, args, host));
    if (sweep != null) {
      routes.add("POST storage/sweep", (request, host) -> sweep(sweep, request, host));
    }
    routes.add("GET storage", StorageRoutes::list);
    routes.add("PUT storage", StorageRoutes::upload);
    routes.add("DELETE storage", StorageRoutes::delete);
    routes.add("GET storage/object", StorageRoutes::object);
    routes.add("GET storage/url", StorageRoutes::url);
    routes.add(
        "GET storage/buckets",
        (request, host) ->
            RpcResponses.json(200, JsonText.of("{\"buckets\":[{\"name\":\"" + BUCKET + "\"}]}")));
  }

  private static BlobBucket bucket(WorkerHost host) {
    try {
      return host.bucket(BUCKET);
    } catch (LunoraException e) {
      throw new LunoraException(
          ErrorCode.STORAGE_NOT_CONFIGURED, "wrangler.jsonc binds no " + BUCKET);
    }
  }

  private static HttpResponse list(HttpRequest request, WorkerHost host) {
    String prefix = request.query("prefix");
    int limit = AdminInput.number(request, "limit", 100, 1, BlobBucket.LIST_MAX);
    String start = prefix == null ? "" : prefix;
    BlobPage page = bucket(host).list(start, request.query("cursor"), limit);
    JsonWriter json = new JsonWriter().raw("{\"objects\":[");
    String before = "";
    for (BlobInfo blob : page.blobs()) {
      json.raw(before).raw("{\"key\":").string(blob.key());
      json.raw(",\"size\":").number(blob.sizeBytes()).raw(",\"etag\":").string(blob.etag());
      json.raw(",\"uploaded\":").number(blob.uploadedMs());
      String type = blob.contentType();
      if (type != null) {
        json.raw(",\"httpMetadata\":{\"contentType\":").string(type).raw("}");
      }
      json.raw("}");
      before = ",";
    }
    json.raw("]");
    String cursor = page.cursor();
    if (cursor != null) {
      json.raw(",\"cursor\":").string(cursor);
    }
    return RpcResponses.json(200, json.raw("}").finish());
  }

  /** What the framework knows of files, whether they have come or not. */
  private static HttpResponse files(HttpRequest request, WorkerHost host) {
    String after = request.query("after");
    int limit = AdminInput.number(request, "limit", 100, 1, BlobBucket.LIST_MAX);
    JsonText answer = known(after, limit, host);
    return RpcResponses.json(200, answer);
  }

  private static JsonText known(@Nullable String after, int limit, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"limit\":").number(limit).raw(",\"after\":");
    JsonText text = body.string(after == null ? "" : after).raw("}").finish();
    return RegistryClient.ask(host, "/files/list", text);
  }

  /** {@code storageReferences {after?, limit?}}: the same, as an operation. */
  private static HttpResponse.Json references(Value.Obj args, WorkerHost host) {
    int limit = new InputFields(args).number("limit", 100, 1, BlobBucket.LIST_MAX);
    JsonText answer = known(AdminInput.textOrNull(args, "after"), limit, host);
    return CatalogRoutes.result(answer);
  }

  /** {@code storageOrphans {cursor?, limit?}}: what a sweep would delete. */
  private static HttpResponse.Json orphans(
      @Nullable StorageSweep sweep, Value.Obj args, WorkerHost host) {
    if (sweep == null) {
      throw new LunoraException(ErrorCode.STORAGE_NOT_CONFIGURED, "this app sets no sweep");
    }
    bucket(host);
    String cursor = AdminInput.textOrNull(args, "cursor");
    int limit = new InputFields(args).number("limit", BlobBucket.LIST_MAX, 1, BlobBucket.LIST_MAX);
    JsonText answer = sweep.orphans().page(cursor, limit, host);
    return CatalogRoutes.result(answer);
  }

  /** A run that only counts, unless the body says {@code "dryRun":false}. */
  private static HttpResponse sweep(StorageSweep sweep, HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.optionalBody(request);
    boolean dryRun = new InputFields(body).flag("dryRun", true);
    JsonText counts = sweep.run(host.clock().nowMs(), dryRun, host);
    return RpcResponses.json(200, counts);
  }

  private static HttpResponse delete(HttpRequest request, WorkerHost host) {
    String key = key(request);
    bucket(host).delete(List.of(key));
    JsonWriter row = new JsonWriter().raw("{\"keys\":[").string(key);
    RegistryClient.tell(host, "/files/removed", row.raw("]}").finish().toString());
    JsonWriter json = new JsonWriter().raw("{\"deleted\":").string(key);
    return RpcResponses.json(200, json.raw("}").finish());
  }

  private static String key(HttpRequest request) {
    String key = request.query("key");
    if (key == null || key.getBytes(StandardCharsets.UTF_8).length > BlobBucket.KEY_BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.INVALID_INPUT, "which file? `key` has 1 to 1024 bytes of UTF-8");
    }
    if (key.isEmpty()) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "which file? there is no key");
    }
    return key;
  }

  /** Stores the body, in place of what was there. */
  private static HttpResponse upload(HttpRequest request, WorkerHost host) {
    String key = key(request);
    String type = request.header("content-type");
    bucket(host);
    FileUpload upload = FileUpload.of(key, type == null ? UNKNOWN_TYPE : type, length(request));
    BlobInfo stored = StorageRoute.store(upload, request, host);
    JsonWriter json = new JsonWriter().raw("{\"key\":").string(stored.key());
    json.raw(",\"size\":").number(stored.sizeBytes()).raw(",\"etag\":").string(stored.etag());
    return RpcResponses.json(200, json.raw("}").finish());
  }

  private static long length(HttpRequest request) {
    String length = request.header("content-length");
    try {
      if (length != null && Long.parseLong(length) >= 0) {
        return Long.parseLong(length);
      }
    } catch (NumberFormatException e) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "content-length must be a number");
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "an upload says its content-length");
  }

  private static HttpResponse object(HttpRequest request, WorkerHost host) {
    String key = key(request);
    HttpResponse bytes = StorageRoute.download(request, key, bucket(host));
    return bytes;
  }

  private static String origin(HttpRequest request) {
    int path = request.url().indexOf('/', request.url().indexOf("://") + 3);
    return path < 0 ? request.url() : request.url().substring(0, path);
  }

  /** A URL that anybody can read the file with, for so many seconds. */
  private static HttpResponse url(HttpRequest request, WorkerHost host) {
    String key = key(request);
    int seconds = AdminInput.number(request, "expiresIn", URL_SECONDS, 1, URL_SECONDS_MAX);
    RemoteStorage files =
        new RemoteStorage(host, origin(request), host.clock(), Optional.empty(), Map.of());
    String url = files.downloadUrl(key, seconds);
    JsonWriter json = new JsonWriter().raw("{\"url\":").string(url);
    return RpcResponses.json(200, json.raw("}").finish());
  }
}
