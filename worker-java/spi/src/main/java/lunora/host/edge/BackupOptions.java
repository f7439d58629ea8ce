package lunora.host.edge;

import java.util.List;
import lunora.host.remote.BlobBucket;
import org.jspecify.annotations.Nullable;

/**
 * The options of a scheduled backup.
 *
 * @param store the bucket it goes to; null for none
 * @param cron the trigger that makes it; null for none
 * @param retain how many snapshots are kept; 0 for all
 * @param prefix of their keys; null for the default
 * @param tables those to back up; none for all
 */
public record BackupOptions(
    @Nullable BlobBucket store,
    @Nullable String cron,
    int retain,
    @Nullable String prefix,
    List<String> tables) {}
