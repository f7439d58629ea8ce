package lunora.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Shows what a {@link StorageSweep} would delete, a page at a time. Nothing is changed. */
public final class StorageOrphans {

  private final SweepSettings settings;
  private final AppReferences app;

  StorageOrphans(SweepSettings settings, AppReferences app) {
    this.settings = settings;
    this.app = app;
  }

  /**
   * The orphans among the next objects: {@code {orphans: [{key, size, etag, uploaded}], cursor?}}.
   * May suspend.
   *
   * @param cursor of the page before, null for the first
   * @param limit how many objects are looked at, 1,000 at most
   */
  public JsonText page(@Nullable String cursor, int limit, WorkerHost host) {
    BlobBucket bucket = host.bucket(StorageSettings.BUCKET);
    FileLedger.Start start = FileLedger.begin(true, host);
    double fromMs = StorageSweep.fromMs(start);
    double beforeMs = host.clock().nowMs() - (double) settings.graceMs();
    BlobPage listed = bucket.list(settings.prefix(), cursor, limit);
    Map<String, BlobInfo> old = new LinkedHashMap<>();
    for (BlobInfo blob : listed.blobs()) {
      if (blob.uploadedMs() < beforeMs && blob.uploadedMs() >= fromMs) {
        old.put(blob.key(), blob);
      }
    }
    List<String> orphans = new ArrayList<>();
    if (!old.isEmpty()) {
      List<String> keys = List.copyOf(old.keySet());
      List<String> unnamed = FileLedger.unnamed(keys, BlobBucket.LIST_MAX, true, host);
      List<String> unreferenced = app.unreferenced(unnamed, host);
      orphans.addAll(unreferenced);
    }
    return text(orphans, old, listed.cursor());
  }

  private static JsonText text(
      List<String> orphans, Map<String, BlobInfo> listed, @Nullable String cursor) {
    JsonWriter json = new JsonWriter().raw("{\"orphans\":[");
    String before = "{\"key\":";
    for (String key : orphans) {
      json.raw(before).string(key);
      before = ",{\"key\":";
      BlobInfo info = listed.get(key);
      if (info != null) {
        json.raw(",\"size\":").number(info.sizeBytes()).raw(",\"etag\":").string(info.etag());
        json.raw(",\"uploaded\":").number(info.uploadedMs());
      }
      json.raw("}");
    }
    json.raw("]");
    if (cursor != null) {
      json.raw(",\"cursor\":").string(cursor);
    }
    return json.raw("}").finish();
  }
}
