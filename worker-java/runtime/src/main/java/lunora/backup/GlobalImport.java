package lunora.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bulk.RowLine;
import lunora.changes.ChangeBoard;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.host.remote.WorkerHost;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/** Puts lines of an import into the global tables, or stages them. Everything may suspend. */
final class GlobalImport {

  /** What reports call the part that no shard has. */
  static final String PART = "global";

  private final GlobalTables tables;
  private final WorkerHost host;

  GlobalImport(GlobalTables tables, WorkerHost host) {
    this.tables = tables;
    this.host = host;
  }

  /** The stage; null where there is no database. Never suspends. */
  @Nullable GlobalStage stage() {
    GlobalSession session = tables.session(host);
    return session == null ? null : new GlobalStage(tables, session);
  }

  /** Stages the lines that can be read. */
  void stage(List<ImportLines.Line> lines, ImportSession.Begin begin, ImportReport report) {
    GlobalSession session = tables.session(host);
    if (session == null) {
      throw GlobalTables.notBound();
    }
    new GlobalStage(tables, session)
        .open(begin.session(), begin.mode(), begin.tables(), host.clock().nowMs());
    insert(read(lines, report), begin.session(), session, report);
  }

  /** Puts the lines that can be read in place; those that are there stay. */
  void put(List<ImportLines.Line> lines, ImportReport report) {
    GlobalSession session = tables.session(host);
    if (session == null) {
      for (ImportLines.Line line : lines) {
        report.error(GlobalTables.notBound(), line);
      }
      return;
    }
    Collection<GlobalRows<?>> read = read(lines, report);
    insert(read, null, session, report);
    for (GlobalRows<?> rows : read) {
      tell(rows.table().name(), session.bookmark());
    }
  }

  private Collection<GlobalRows<?>> read(List<ImportLines.Line> lines, ImportReport report) {
    Map<String, GlobalRows<?>> byTable = new LinkedHashMap<>();
    for (ImportLines.Line line : lines) {
      try {
        take(line, byTable);
      } catch (LunoraException e) {
        report.error(e, line);
      }
    }
    return byTable.values();
  }

  private void take(ImportLines.Line line, Map<String, GlobalRows<?>> byTable) {
    Table<?> table = tables.find(line.table());
    if (table != null) {
      add(table, line, byTable);
    }
  }

  @SuppressWarnings("unchecked") // kept under the name of this very table
  private <D> void add(Table<D> table, ImportLines.Line line, Map<String, GlobalRows<?>> byTable) {
    RowLine<D> row = RowLine.read(table, line.doc(), host.crypto().random(), host.clock().nowMs());
    GlobalRows<D> rows =
        (GlobalRows<D>) byTable.computeIfAbsent(table.name(), name -> new GlobalRows<>(table));
    rows.add(row);
  }

  /**
   * One batch, so that all are in or none.
   *
   * @param staged the session in whose stage they are put; null for the tables themselves
   */
  private static void insert(
      Collection<GlobalRows<?>> rows,
      @Nullable String staged,
      GlobalSession session,
      ImportReport report) {
    List<GlobalStatement> statements = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (GlobalRows<?> each : rows) {
      boolean direct = staged == null;
      String name = direct ? TableLayout.quote(each.table().name()) : GlobalStage.of(each.table());
      List<GlobalStatement> inserts = each.inserts(name);
      counts.add(inserts.size());
      statements.addAll(inserts);
    }
    if (statements.isEmpty()) {
      return;
    }
    if (staged != null) {
      // Behind the rows, whose results are counted off from the first.
      statements.add(GlobalStage.guard(staged));
    }
    List<SqlRows> results;
    try {
      results = session.batch(statements);
    } catch (RuntimeException e) {
      throw GlobalStage.refused(e);
    }
    int at = 0;
    int next = 0;
    for (GlobalRows<?> each : rows) {
      int inserted = 0;
      for (int end = at + counts.get(next++); at < end; at++) {
        inserted += results.get(at).size();
      }
      report.inserted(each.table().name(), inserted);
      report.conflicts(each.size() - inserted);
    }
  }

  /**
   * Puts what is staged in place.
   *
   * @param staged the session that staged it
   * @throws LunoraException {@code CONFLICT}; nothing has changed then
   */
  void commit(String staged, String mode, List<String> named, ImportReport report) {
    GlobalSession session = tables.session(host);
    if (session == null) {
      throw GlobalTables.notBound();
    }
    double nowMs = host.clock().nowMs();
    add(new GlobalCommit(tables, session).run(staged, mode, named, nowMs), report);
    for (Table<?> table : tables.named(named)) {
      tell(table.name(), session.bookmark());
    }
  }

  /** Refuses what {@link #commit} would, but for what the rows themselves contradict. */
  void check(String mode, List<String> named) {
    GlobalSession session = tables.session(host);
    if (session == null) {
      throw GlobalTables.notBound();
    }
    new GlobalCommit(tables, session).check(mode, named);
  }

  /** Adds what a commit of the session came to that is over; false where none is known. */
  boolean known(String staged, ImportReport report) {
    GlobalSession session = tables.session(host);
    if (session == null) {
      return false;
    }
    GlobalCommit.Outcome outcome =
        new GlobalCommit(tables, session).known(staged, host.clock().nowMs());
    if (outcome == null) {
      return false;
    }
    add(outcome, report);
    return true;
  }

  private static void add(GlobalCommit.Outcome outcome, ImportReport report) {
    outcome.inserted().forEach(report::inserted);
    report.conflicts(outcome.conflicts());
    report.deleted(outcome.deleted());
  }

  /** Live queries are told; where nobody can be, they show the rows with the next write. */
  private void tell(String table, @Nullable String bookmark) {
    try {
      ChangeBoard.changed(host, table, bookmark);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.WARN, "live queries were not told of an import", e);
    }
  }
}
