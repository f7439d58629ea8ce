package lunora.backup;

import java.util.List;
import java.util.Set;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.TextSource;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The lines of global tables, from the primary, in the order of insertion. Each page is read by
 * itself: a row is as it was when its page was read, and one that is written meanwhile may be in it
 * or not. Everything may suspend.
 */
final class GlobalLines implements TextSource {

  /** Rows read at once while they are short, and when any may be as long as a row can be. */
  private static final int ROWS_AT_ONCE = 512;

  private static final int LONG_ROWS_AT_ONCE = 4;
  private static final int SHORT_UNITS = 2048;

  private final GlobalSession session;
  private final List<Table<?>> tables;
  private @Nullable Set<String> made;
  private @Nullable String bookmark;
  private int table;
  private double after;
  private int atOnce = LONG_ROWS_AT_ONCE;
  private double rows;

  GlobalLines(GlobalSession session, List<Table<?>> tables) {
    this.session = session;
    this.tables = tables;
  }

  @Override
  public @Nullable JsonText next() {
    Set<String> present = made;
    if (present == null) {
      // No function can have put a row into a table whose migration was not applied.
      present = GlobalTables.made(session);
      made = present;
      bookmark = session.bookmark();
    }
    while (table < tables.size()) {
      String name = tables.get(table).name();
      if (!present.contains(name)) {
        table++;
        continue;
      }
      SqlRows page =
          session.query(
              "SELECT \"_seq\", "
                  + TableLayout.DOC
                  + " FROM "
                  + TableLayout.quote(name)
                  + " WHERE \"_seq\" > ? ORDER BY \"_seq\" LIMIT "
                  + atOnce,
              after);
      boolean more = page.size() == atOnce;
      JsonText lines = lines(page, name);
      if (!more) {
        table++;
        after = 0;
        atOnce = LONG_ROWS_AT_ONCE;
      }
      if (lines != null) {
        return lines;
      }
    }
    return null;
  }

  private @Nullable JsonText lines(SqlRows page, String name) {
    if (page.size() == 0) {
      return null;
    }
    JsonText lines = page.wrapped(1, "{\"doc\":", ",\"table\":\"" + name + "\"}\n");
    after = page.number(page.size() - 1, 0);
    rows += page.size();
    boolean isShort = lines.length() / page.size() < SHORT_UNITS;
    atOnce = isShort ? Math.min(atOnce * 8, ROWS_AT_ONCE) : LONG_ROWS_AT_ONCE;
    return lines;
  }

  /** What the lines so far were. */
  Manifest.Global part() {
    return new Manifest.Global(rows, bookmark == null ? "" : bookmark);
  }
}
