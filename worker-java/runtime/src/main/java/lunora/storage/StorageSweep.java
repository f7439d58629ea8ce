package lunora.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.local.LogSink;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Deletes objects that neither the framework's rows nor the app's name. What is to go is doomed
 * first, in the registry: from then on nobody gets a URL for its key, so that no upload is
 * confirmed between the last look at the object and its end. Everything may suspend.
 */
public final class StorageSweep implements CronTask {

  /** The binding of the bucket. */
  public static final String BUCKET = StorageSettings.BUCKET;

  /** URLs of the time before uploads were written down are good for so long. */
  private static final double URL_MS_MAX = StorageChecks.TTL_SECONDS_MAX * 1_000.0;

  /** A run stops here, long before the registry takes it for dead. */
  private static final long RUN_MS_MAX = 600_000;

  /**
   * A page is six calls at most, an upload that is looked after one, and five are for the run: 705
   * of the 1,000 that one invocation had on the smaller plans.
   */
  private static final int PAGES_MAX = 50;

  private static final int UPLOADS_MAX = 400;

  private final SweepSettings settings;
  private final AppReferences app;

  /** A sweep that asks the functions of this shard. */
  public StorageSweep(SweepSettings settings, String shardKey) {
    this.settings = settings;
    this.app = new AppReferences(settings.function(), shardKey);
  }

  /** What it would delete. */
  public StorageOrphans orphans() {
    return new StorageOrphans(settings, app);
  }

  /** The time from which on objects can be orphans. */
  static double fromMs(FileLedger.Start start) {
    return start.sinceMs() + URL_MS_MAX;
  }

  /** Its age is that of an object when the trigger was due, never more. */
  @Override
  public void run(CronEvent event, WorkerHost host) {
    JsonText counts = run(event.scheduledMs(), settings.dryRun(), host);
    host.log().log(LogSink.Level.INFO, "storage sweep " + counts, null);
  }

  /**
   * One run.
   *
   * @param nowMs from which the grace period counts back
   * @return what it has seen and done, as a JSON object
   * @throws LunoraException {@code MISCONFIGURED} without a bucket or a registry, {@code CONFLICT}
   *     while another run is under way
   */
  public JsonText run(long nowMs, boolean dryRun, WorkerHost host) {
    BlobBucket bucket = host.bucket(StorageSettings.BUCKET);
    FileLedger.Start start = FileLedger.begin(dryRun, host);
    if (!start.begun()) {
      throw new LunoraException(ErrorCode.CONFLICT, "another sweep is under way");
    }
    double beforeMs = nowMs - (double) settings.graceMs();
    SweepCounts counts = new SweepCounts();
    if (dryRun) {
      pages(start, beforeMs, true, counts, bucket, host);
      return counts.json(true);
    }
    // Nothing but the failure is used in what catches: TeaVM may lose a fiber's variables there.
    RuntimeException failure = null;
    try {
      settle(beforeMs, counts, bucket, host);
      String cursor = pages(start, beforeMs, false, counts, bucket, host);
      FileLedger.end(cursor, host);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null) {
      giveUp(host);
      throw failure;
    }
    return counts.json(false);
  }

  /** Lets the next run begin anew at once. */
  private static void giveUp(WorkerHost host) {
    @Nullable RuntimeException second = null;
    try {
      FileLedger.end("", host);
    } catch (RuntimeException e) {
      second = e;
    }
    if (second != null) {
      host.log().log(LogSink.Level.WARN, "the next storage sweep has to wait half an hour", second);
    }
  }

  /** Looks after uploads whose URLs are useless by now: they have come, or never will. */
  private void settle(double beforeMs, SweepCounts counts, BlobBucket bucket, WorkerHost host) {
    List<String> missing = new ArrayList<>();
    int limit = Math.min(UPLOADS_MAX, settings.deletesMax());
    List<BlobInfo> stored = new ArrayList<>();
    List<String> overdue = FileLedger.overdue(beforeMs, limit, host);
    for (String key : overdue) {
      BlobInfo info = bucket.head(key);
      if (info == null) {
        missing.add(key);
      } else {
        stored.add(info);
      }
    }
    if (!stored.isEmpty()) {
      FileLedger.stored(stored, host);
      counts.confirmed = stored.size();
    }
    if (!missing.isEmpty()) {
      FileLedger.missing(missing, beforeMs, host);
      counts.expired = missing.size();
    }
  }

  /** Gives where the next run goes on; empty at the end. */
  private String pages(
      FileLedger.Start start,
      double beforeMs,
      boolean dryRun,
      SweepCounts counts,
      BlobBucket bucket,
      WorkerHost host) {
    long begunMs = host.clock().nowMs();
    double fromMs = fromMs(start);
    String cursor = dryRun || start.cursor().isEmpty() ? null : start.cursor();
    for (int page = 0; page < PAGES_MAX; page++) {
      BlobPage listed = bucket.list(settings.prefix(), cursor, BlobBucket.LIST_MAX);
      Map<String, BlobInfo> old = new LinkedHashMap<>();
      for (BlobInfo blob : listed.blobs()) {
        counts.listed++;
        if (blob.uploadedMs() < beforeMs && blob.uploadedMs() >= fromMs) {
          old.put(blob.key(), blob);
        } else {
          counts.young++;
        }
      }
      boolean whole = true;
      if (!old.isEmpty()) {
        SweepPage swept = new SweepPage(settings, app, counts, bucket, host);
        whole = swept.sweep(old, cursor, dryRun);
      }
      String next = listed.cursor();
      if (whole && next == null) {
        return "";
      }
      if (whole) {
        cursor = next;
      }
      boolean late = host.clock().nowMs() - begunMs > RUN_MS_MAX;
      if (!whole || late || counts.orphans >= settings.deletesMax()) {
        break;
      }
    }
    counts.more = true;
    return cursor == null ? "" : cursor;
  }
}
