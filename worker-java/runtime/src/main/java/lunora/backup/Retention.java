package lunora.backup;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobPage;
import org.jspecify.annotations.Nullable;

/** Which snapshots are past those to be kept. Everything may suspend. */
final class Retention {

  /** On a manifest: the cron that made it. Only its own snapshots are any cron's to delete. */
  static final String CRON_METADATA = "lunoraBackupCron";

  /** How many snapshots one run deletes at most. */
  static final int DELETES_MAX = 200;

  private final BackupSettings settings;

  Retention(BackupSettings settings) {
    this.settings = settings;
  }

  /** The keys of the manifests of this cron's snapshots, oldest first. */
  List<String> own(BlobBucket bucket) {
    List<String> keys = new ArrayList<>();
    String cursor = null;
    do {
      BlobPage page = bucket.list(settings.prefix(), cursor, BlobBucket.LIST_MAX);
      for (BlobInfo blob : page.blobs()) {
        if (isOwn(blob)) {
          keys.add(blob.key());
        }
      }
      cursor = page.cursor();
    } while (cursor != null);
    return keys;
  }

  private boolean isOwn(BlobInfo blob) {
    @Nullable String cron = blob.metadata().get(CRON_METADATA);
    return blob.key().endsWith(".ndjson" + Manifest.SUFFIX) && settings.cron().equals(cron);
  }

  /** Those of them that are too many, oldest first. */
  List<String> past(List<String> own) {
    int extra = settings.retain() == 0 ? 0 : Math.max(0, own.size() - settings.retain());
    return own.subList(0, extra);
  }

  /** Deletes what is past, up to {@link #DELETES_MAX}. */
  void prune(BlobBucket bucket) {
    if (settings.retain() > 0) {
      List<String> own = own(bucket);
      List<String> past = past(own);
      delete(bucket, past.subList(0, Math.min(past.size(), DELETES_MAX)));
    }
  }

  /** Deletes snapshots and then their manifests: what is half done is seen and done again. */
  void delete(BlobBucket bucket, List<String> manifests) {
    List<String> snapshots = new ArrayList<>();
    for (String manifest : manifests) {
      snapshots.add(manifest.substring(0, manifest.length() - Manifest.SUFFIX.length()));
    }
    bucket.delete(snapshots);
    bucket.delete(manifests);
  }
}
