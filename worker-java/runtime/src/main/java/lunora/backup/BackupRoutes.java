package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.admin.AdminRoutes;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import lunora.host.remote.TextSource;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcResponses;
import lunora.schema.Schema;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The routes of the admin plane that export rows and look after backups (section 15.3). */
public final class BackupRoutes {

  private static final Map<String, String> NDJSON =
      Map.of("content-type", "application/x-ndjson", "cache-control", "no-store");

  private final BackupPlace place;
  private final ImportRoutes imports;

  /** Routes for backups of this kind. */
  public BackupRoutes(BackupPlace place, Schema schema) {
    this.place = place;
    this.imports = new ImportRoutes(schema, place);
  }

  /** Adds them all. */
  public AdminRoutes addTo(AdminRoutes routes) {
    routes.add("POST export", this::export);
    imports.addTo(routes);
    routes.add("GET backups", this::list);
    routes.add("POST backup/create", this::create);
    routes.add("GET backup/object", this::object);
    routes.add("GET backup/retention", this::retention);
    return routes.add("POST backup/prune", this::prune);
  }

  /** The first lines are read before the answer begins, so that a shard's failure is one. */
  private HttpResponse export(HttpRequest request, WorkerHost host) {
    ExportLines lines = place.lines(tables(ImportRoutes.read(request)), host);
    JsonText first = first(lines);
    return host.streamed(200, NDJSON, new Pieces(first, lines));
  }

  private static @Nullable JsonText first(ExportLines lines) {
    try {
      JsonText first = lines.next();
      return first;
    } catch (LunoraException e) {
      throw new LunoraException(
          ErrorCode.SHARD_HTTP_ERROR, "a shard gave no rows: " + e.getMessage());
    }
  }

  /** One piece that is there already, and then the others. */
  private static final class Pieces implements TextSource {
    private @Nullable JsonText first;
    private final ExportLines rest;

    Pieces(@Nullable JsonText first, ExportLines rest) {
      this.first = first;
      this.rest = rest;
    }

    @Override
    public @Nullable JsonText next() {
      JsonText ready = first;
      if (ready != null) {
        first = null;
        return ready;
      }
      return rest.next();
    }
  }

  private static List<String> tables(Map<String, Value> asked) {
    List<String> tables = new ArrayList<>();
    Value given = asked.get("tables");
    if (given == null) {
      return tables;
    }
    if (given instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Str table) {
          tables.add(table.value());
        }
      }
      if (tables.size() == list.items().size()) {
        return tables;
      }
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "`tables` must be a list of names");
  }

  /** Protocol section 4: from these routes what is missing is the caller's to hear of. */
  private BlobBucket bucket(WorkerHost host) {
    try {
      return place.bucket(host);
    } catch (LunoraException e) {
      throw new LunoraException(e.code(), 400, String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse create(HttpRequest request, WorkerHost host) {
    bucket(host);
    String manifest = new Backup(place).now(host);
    return RpcResponses.json(200, JsonText.of(manifest));
  }

  private HttpResponse list(HttpRequest request, WorkerHost host) {
    BlobBucket bucket = bucket(host);
    JsonWriter out = new JsonWriter().raw("{\"backups\":[");
    String before = "";
    String cursor = null;
    do {
      BlobPage page = bucket.list(place.settings().prefix(), cursor, BlobBucket.LIST_MAX);
      for (BlobInfo info : page.blobs()) {
        if (info.key().endsWith(".ndjson" + Manifest.SUFFIX)) {
          out.raw(before).raw("{\"manifest\":").string(info.key());
          out.raw(",\"cron\":").string(info.metadata().getOrDefault(Retention.CRON_METADATA, ""));
          out.raw(",\"uploadedAt\":").number(info.uploadedMs()).raw("}");
          before = ",";
        }
      }
      cursor = page.cursor();
    } while (cursor != null);
    return RpcResponses.json(200, out.raw("]}").finish());
  }

  /** A snapshot or manifest as it is stored; nothing else of the bucket. */
  private HttpResponse object(HttpRequest request, WorkerHost host) {
    String key = request.query("key");
    String start = place.settings().prefix() + "lunora-backup-";
    if (key == null || !key.startsWith(start)) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "`key` must be that of a backup");
    }
    BlobBucket bucket = bucket(host);
    Blob blob = bucket.get(key);
    if (blob == null) {
      throw new LunoraException(ErrorCode.STORAGE_OBJECT_NOT_FOUND, "there is no such backup");
    }
    String type = key.endsWith(Manifest.SUFFIX) ? "application/json" : "application/x-ndjson";
    return blob.toResponse(
        200,
        Map.of(
            "content-type",
            type,
            "content-length",
            Long.toString(blob.length()),
            "cache-control",
            "no-store"));
  }

  private HttpResponse retention(HttpRequest request, WorkerHost host) {
    BlobBucket bucket = bucket(host);
    Retention retention = place.retention();
    List<String> own = retention.own(bucket);
    JsonWriter out = new JsonWriter().raw("{");
    if (!place.settings().cron().isEmpty()) {
      out.raw("\"cron\":").string(place.settings().cron()).raw(",");
    }
    out.raw("\"eligible\":").number(own.size());
    out.raw(",\"keep\":").number(place.settings().retain());
    out.raw(",\"prefix\":").string(place.settings().prefix()).raw(",\"wouldDelete\":[");
    String before = "";
    for (String key : retention.past(own)) {
      out.raw(before).string(key);
      before = ",";
    }
    return RpcResponses.json(200, out.raw("]}").finish());
  }

  private HttpResponse prune(HttpRequest request, WorkerHost host) {
    BlobBucket bucket = bucket(host);
    if (!(ImportRoutes.read(request).get("confirm") instanceof Value.Arr confirmed)) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "`confirm` must be a list of keys");
    }
    if (place.settings().retain() == 0) {
      throw new LunoraException(
          ErrorCode.BACKUP_RETENTION_NOT_CONFIGURED, "nothing says how many backups to keep");
    }
    Retention retention = place.retention();
    List<String> own = retention.own(bucket);
    List<String> past = retention.past(own);
    Set<String> named = new LinkedHashSet<>();
    for (Value item : confirmed.items()) {
      if (item instanceof Value.Str key) {
        named.add(key.value());
      }
    }
    List<String> chosen = new ArrayList<>(past);
    chosen.retainAll(named);
    List<String> now = chosen.subList(0, Math.min(chosen.size(), Retention.DELETES_MAX));
    retention.delete(bucket, now);
    JsonWriter out = new JsonWriter().raw("{\"deleted\":").number(now.size());
    out.raw(",\"failed\":0,\"ignored\":").number(named.size() - chosen.size());
    out.raw(",\"remaining\":").number(past.size() - now.size());
    return RpcResponses.json(200, out.raw("}").finish());
  }
}
