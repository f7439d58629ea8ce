package lunora.subscription;

import java.util.Set;
import lunora.oplog.Oplog;
import lunora.query.ReadSet;

/** Decides whether a client that comes back still has what its query gives. */
final class Resume {

  private final Oplog oplog;

  Resume(Oplog oplog) {
    this.oplog = oplog;
  }

  /** Whether what the client has is still what the query gives (protocol section 7.2). */
  boolean resumes(ClientFrame.Since since, ReadSet reads) {
    if (!oplog.epoch().equals(since.epoch())) {
      return false;
    }
    if (since.cursor() > oplog.head()) {
      oplog.renewEpoch();
      return false;
    }
    Set<String> tables = reads.tables();
    if (tables.isEmpty() || !reads.isRepeatable() || !isCursor(since.cursor())) {
      return false;
    }
    if (reads.dependsOn(ReadSet.Ambient.IDENTITY)) {
      // Nothing says that the client was the same user when it saw that cursor.
      return false;
    }
    long cursor = (long) since.cursor();
    if (cursor == oplog.head()) {
      return true;
    }
    return oplog.floor() <= cursor + 1 && !oplog.changedSince(cursor, tables);
  }

  private static boolean isCursor(double number) {
    return number >= 0 && number == Math.floor(number);
  }
}
