package lunora.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.local.LogSink;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Writes all rows of all shards and global tables into a bucket, line by line, and beside them a
 * manifest: that is there only when the snapshot is whole. A run that fails leaves no manifest, and
 * no object unless that was whole; one that is repeated for the same time writes what is missing,
 * or nothing. Everything may suspend.
 */
public final class Backup implements CronTask {

  private final BackupPlace place;

  /** Backups of this kind. */
  public Backup(BackupPlace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public void run(CronEvent event, WorkerHost host) {
    BlobBucket bucket = place.bucket(host);
    String key = Manifest.key(place.settings().prefix(), event.scheduledMs());
    if (bucket.head(key + Manifest.SUFFIX) == null) {
      write(bucket, key, event, host);
    }
    prune(bucket, host);
  }

  /** A failure here fails nothing: the snapshot is made, and the next run prunes again. */
  private void prune(BlobBucket bucket, WorkerHost host) {
    try {
      place.retention().prune(bucket);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.WARN, "older backups could not be deleted", e);
    }
  }

  /**
   * Makes a snapshot that is due now, by nobody's schedule.
   *
   * @return its manifest
   */
  String now(WorkerHost host) {
    BlobBucket bucket = place.bucket(host);
    CronEvent event = new CronEvent("", host.clock().nowMs());
    String key = Manifest.key(place.settings().prefix(), event.scheduledMs());
    return write(bucket, key, event, host);
  }

  private String write(BlobBucket bucket, String key, CronEvent event, WorkerHost host) {
    PartedObject object = new PartedObject(bucket, key, "application/x-ndjson", host.crypto());
    List<Manifest.Part> parts = new ArrayList<>();
    Manifest.Global global;
    double rows = 0;
    byte[] sum;
    try {
      ExportLines lines = place.lines(place.settings().tables(), host);
      for (JsonText text = lines.next(); text != null; text = lines.next()) {
        object.write(text);
      }
      sum = object.finish();
      parts.addAll(lines.parts());
      global = lines.global();
      rows = lines.rows();
    } catch (RuntimeException e) {
      abort(object, host);
      throw e;
    }
    String manifest =
        new Manifest(
                key,
                event.cron(),
                event.scheduledMs(),
                host.clock().nowMs(),
                rows,
                object.bytes(),
                Manifest.hex(sum),
                parts,
                global,
                place.settings().tables())
            .text();
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    Map<String, String> cron =
        event.cron().isEmpty() ? Map.of() : Map.of(Retention.CRON_METADATA, event.cron());
    bucket.put(key + Manifest.SUFFIX, bytes, new BlobOptions("application/json", null, cron));
    return manifest;
  }

  /** What it throws is no reason to hide why. */
  private static void abort(PartedObject object, WorkerHost host) {
    @Nullable RuntimeException second = null;
    try {
      object.abort();
    } catch (RuntimeException e) {
      second = e;
    }
    if (second != null) {
      host.log().log(LogSink.Level.WARN, "a backup's parts are left behind", second);
    }
  }
}
