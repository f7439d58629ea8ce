package lunora.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows in which two results differ, in the order a client applies them: deletes as they stood,
 * then inserts and updates as they stand (protocol section 7.4).
 */
final class ResultDiff {

  private ResultDiff() {}

  /**
   * The deltas that turn one result into the next for a client that merges by the protocol's rules.
   *
   * @return null when deltas cannot say it: rows that moved, ids that are not unique, or inserts
   *     the client would put elsewhere
   */
  static @Nullable List<RowDelta> between(LiveResult previous, LiveResult next) {
    LiveResult.Rows before = previous.rows();
    LiveResult.Rows after = next.rows();
    if (before == null || after == null || !before.frame().equals(after.frame())) {
      return null;
    }
    if (!before.hasUniqueIds() || !after.hasUniqueIds()) {
      return null;
    }
    Map<String, LiveResult.Row> old = before.byId();
    Map<String, LiveResult.Row> now = after.byId();
    if (!survivorsKeepOrder(before.rows(), after.rows(), old, now)) {
      return null;
    }
    List<RowDelta> deltas = deltas(before.rows(), after.rows(), old, now);
    return clientWouldAgree(before.rows(), after.rows(), old, now) ? deltas : null;
  }

  private static boolean survivorsKeepOrder(
      List<LiveResult.Row> before,
      List<LiveResult.Row> after,
      Map<String, LiveResult.Row> old,
      Map<String, LiveResult.Row> now) {
    int next = 0;
    for (LiveResult.Row row : after) {
      if (!old.containsKey(row.id())) {
        continue;
      }
      while (!now.containsKey(before.get(next).id())) {
        next++;
      }
      if (!before.get(next).id().equals(row.id())) {
        return false;
      }
      next++;
    }
    return true;
  }

  private static List<RowDelta> deltas(
      List<LiveResult.Row> before,
      List<LiveResult.Row> after,
      Map<String, LiveResult.Row> old,
      Map<String, LiveResult.Row> now) {
    List<RowDelta> deltas = new ArrayList<>();
    for (LiveResult.Row row : before) {
      if (!now.containsKey(row.id())) {
        deltas.add(new RowDelta(row.id(), "delete", null));
      }
    }
    for (LiveResult.Row row : after) {
      LiveResult.Row was = old.get(row.id());
      if (was == null) {
        deltas.add(new RowDelta(row.id(), "insert", row.text()));
      } else if (!was.text().sameAs(row.text())) {
        deltas.add(new RowDelta(row.id(), "update", row.text()));
      }
    }
    return deltas;
  }

  /** Plays the client's placement of every insert and looks whether our order comes out. */
  private static boolean clientWouldAgree(
      List<LiveResult.Row> before,
      List<LiveResult.Row> after,
      Map<String, LiveResult.Row> old,
      Map<String, LiveResult.Row> now) {
    List<LiveResult.Row> client = new ArrayList<>();
    for (LiveResult.Row row : before) {
      if (now.containsKey(row.id())) {
        client.add(row);
      }
    }
    if (client.size() == after.size()) {
      return true;
    }
    for (LiveResult.Row row : after) {
      if (!old.containsKey(row.id())) {
        client.add(placeFor(row, client), row);
      }
    }
    for (int i = 0; i < after.size(); i++) {
      if (!client.get(i).id().equals(after.get(i).id())) {
        return false;
      }
    }
    return true;
  }

  private static int placeFor(LiveResult.Row row, List<LiveResult.Row> rows) {
    boolean descending = false;
    for (int i = 1; i < rows.size(); i++) {
      double step = rows.get(i).creationTimeMs() - rows.get(i - 1).creationTimeMs();
      if (step != 0) {
        descending = step < 0;
        break;
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      double distance = rows.get(i).creationTimeMs() - row.creationTimeMs();
      if (descending ? distance < 0 : distance > 0) {
        return i;
      }
    }
    return rows.size();
  }
}
