package lunora.storage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** One page of the objects that a {@link StorageSweep} looks at. Everything may suspend. */
final class SweepPage {

  /**
   * How long after a key is doomed its delete may begin. With the time that a delete takes it is
   * far from the time after which the registry takes the key for free.
   */
  private static final long DOOMED_MS_MAX = 300_000;

  private final SweepSettings settings;
  private final AppReferences app;
  private final SweepCounts counts;
  private final BlobBucket bucket;
  private final WorkerHost host;

  /** What a delete was asked for and is not known to be over. */
  private final Set<String> underWay = new LinkedHashSet<>();

  SweepPage(
      SweepSettings settings,
      AppReferences app,
      SweepCounts counts,
      BlobBucket bucket,
      WorkerHost host) {
    this.settings = settings;
    this.app = app;
    this.counts = counts;
    this.bucket = bucket;
    this.host = host;
  }

  /**
   * Deletes the orphans among these; gives whether it has looked at all of them.
   *
   * @param cursor with which they were listed
   */
  boolean sweep(Map<String, BlobInfo> old, @Nullable String cursor, boolean dryRun) {
    List<String> keys = List.copyOf(old.keySet());
    long doomedMs = host.clock().nowMs();
    List<String> unnamed = FileLedger.unnamed(keys, BlobBucket.LIST_MAX, dryRun, host);
    counts.named += keys.size() - unnamed.size();
    if (unnamed.isEmpty()) {
      return true;
    }
    if (dryRun) {
      int left = orphans(unnamed).left();
      return left == 0;
    }
    // Nothing but the failure is used in what catches: TeaVM may lose a fiber's variables there.
    RuntimeException failure = null;
    int left = 0;
    try {
      Orphans orphans = orphans(unnamed);
      left = orphans.left();
      delete(orphans.due(), old, cursor, doomedMs);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null) {
      spare(unnamed);
      throw failure;
    }
    FileLedger.release(unnamed, host);
    return left == 0;
  }

  /** Those that this run deletes, and how many it leaves to the next. */
  private record Orphans(List<String> due, int left) {}

  private Orphans orphans(List<String> unnamed) {
    int room = settings.deletesMax() - counts.orphans;
    List<String> orphans = app.unreferenced(unnamed, host);
    counts.referenced += unnamed.size() - orphans.size();
    List<String> due = orphans.subList(0, Math.min(room, orphans.size()));
    counts.orphans += due.size();
    return new Orphans(due, orphans.size() - due.size());
  }

  private void delete(
      List<String> due, Map<String, BlobInfo> listed, @Nullable String cursor, long doomedMs) {
    if (due.isEmpty()) {
      return;
    }
    // One more look at all of them, in one call. What is not in it was deleted, or pushed out by
    // new ones: then the next run looks again.
    BlobPage again = bucket.list(settings.prefix(), cursor, BlobBucket.LIST_MAX);
    Set<String> wanted = new LinkedHashSet<>(due);
    List<String> unchanged = new ArrayList<>();
    for (BlobInfo info : again.blobs()) {
      BlobInfo seen = listed.get(info.key());
      if (seen != null && wanted.contains(info.key()) && isSame(info, seen)) {
        unchanged.add(info.key());
      }
    }
    counts.changed += due.size() - unchanged.size();
    if (unchanged.isEmpty()) {
      return;
    }
    if (host.clock().nowMs() - doomedMs > DOOMED_MS_MAX) {
      throw new LunoraException(ErrorCode.SERVICE_UNAVAILABLE, "a storage sweep was held up");
    }
    underWay.addAll(unchanged);
    bucket.delete(unchanged);
    underWay.clear();
    counts.deleted += unchanged.size();
  }

  private static boolean isSame(BlobInfo a, BlobInfo b) {
    return a.etag().equals(b.etag()) && a.uploadedMs() == b.uploadedMs();
  }

  /** Frees what no delete can reach any more. One that failed may happen yet. */
  private void spare(List<String> doomed) {
    List<String> spared = new ArrayList<>(doomed);
    spared.removeAll(underWay);
    RuntimeException failure = null;
    try {
      FileLedger.release(spared, host);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null) {
      String what = "for half an hour nothing can be uploaded under keys that a sweep gave up";
      host.log().log(LogSink.Level.WARN, what, failure);
    }
  }
}
