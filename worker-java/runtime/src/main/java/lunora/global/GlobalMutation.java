package lunora.global;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.GlobalMutationContext;
import lunora.api.GlobalWriter;
import lunora.auth.Caller;
import lunora.changes.ChangeNotes;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.query.FunctionFacts;
import lunora.query.Policies;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Limits;
import lunora.schema.Table;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The context of one mutation over global tables: what it writes until all of it is done. */
final class GlobalMutation extends FunctionFacts implements GlobalMutationContext {

  /** Rows of one mutation have creation times that a client can tell apart. */
  private static final double CREATION_STEP_MS = 1.0 / 1024;

  private final Policies policies;
  private final GlobalSession session;
  private final Map<String, PendingRow<?>> rows = new LinkedHashMap<>();

  GlobalMutation(
      ShardHost host,
      Caller caller,
      String functionPath,
      Policies policies,
      GlobalSession session) {
    super(host, caller, functionPath);
    this.policies = policies;
    this.session = session;
  }

  @Override
  public <D> GlobalWriter<D> table(Table<D> table) {
    return new GlobalTableWriter<>(
        GlobalTable.checked(table), session, rules(policies, table), this);
  }

  /** What the mutation makes of this row; null if it left it alone. */
  @SuppressWarnings("unchecked") // put under the key of this very table
  <D> @Nullable PendingRow<D> pending(Table<D> table, Id<D> id) {
    return (PendingRow<D>) rows.get(key(table, id));
  }

  boolean hasWritten(Table<?> table) {
    return rows.values().stream().anyMatch(row -> row.table() == table);
  }

  <D> Id<D> insert(Table<D> table, D document) {
    Id<D> id = new Id<>(host().random().uuid());
    double creationTimeMs = fixedMs() + rows.size() * CREATION_STEP_MS;
    put(id, new PendingRow<>(table, null, render(table, id, creationTimeMs, document)));
    return id;
  }

  <D> void update(Table<D> table, Doc<D> current, D document) {
    Doc<D> after = render(table, current.id(), current.creationTimeMs(), document);
    put(current.id(), new PendingRow<>(table, before(table, current), after));
  }

  <D> void delete(Table<D> table, Doc<D> current) {
    put(current.id(), new PendingRow<>(table, before(table, current), null));
  }

  /**
   * Does all writes in one transaction. May suspend.
   *
   * @return why nothing was written, where others got in the way; null when it is done
   */
  @Nullable LunoraException commit(ChangeNotes notes) {
    List<GlobalStatement> statements = statements();
    if (statements.isEmpty()) {
      return null;
    }
    Set<String> tables = new LinkedHashSet<>();
    rows.values().forEach(row -> tables.add(row.table().name()));
    ChangeNotes.Note note = notes.before(tables);
    try {
      session.batch(statements);
    } catch (RuntimeException e) {
      LunoraException conflict = conflict(e);
      if (conflict == null) {
        // Perhaps it is written: the note tells of it in any case.
        throw e;
      }
      notes.refused(note);
      return conflict;
    }
    notes.written(note, session.bookmark());
    return null;
  }

  /** Guards first, then deletions, which may make room for what is stored. */
  private List<GlobalStatement> statements() {
    List<GlobalStatement> guards = new ArrayList<>();
    List<GlobalStatement> deletions = new ArrayList<>();
    List<GlobalStatement> stores = new ArrayList<>();
    for (PendingRow<?> row : rows.values()) {
      add(row, guards, deletions, stores);
    }
    guards.addAll(deletions);
    guards.addAll(stores);
    return guards;
  }

  private static <D> void add(
      PendingRow<D> row,
      List<GlobalStatement> guards,
      List<GlobalStatement> deletions,
      List<GlobalStatement> stores) {
    Doc<D> before = row.before();
    Doc<D> after = row.after();
    if (before != null) {
      guards.add(row.guard(before));
    }
    if (after != null) {
      stores.add(row.store(after));
    } else if (before != null) {
      deletions.add(row.delete(before));
    }
  }

  private static @Nullable LunoraException conflict(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("UNIQUE constraint failed")) {
      return new LunoraException(ErrorCode.CONFLICT, "another row has the same unique fields");
    }
    if (message.contains("malformed JSON")) {
      return new LunoraException(
          ErrorCode.CONFLICT, "a row was changed by somebody else meanwhile: try again");
    }
    return null;
  }

  private <D> void put(Id<D> id, PendingRow<D> row) {
    rows.put(key(row.table(), id), row);
  }

  private static String key(Table<?> table, Id<?> id) {
    return table.name() + "/" + id.value();
  }

  private <D> @Nullable Doc<D> before(Table<D> table, Doc<D> current) {
    PendingRow<D> row = pending(table, current.id());
    return row == null ? current : row.before();
  }

  private <D> Doc<D> render(Table<D> table, Id<D> id, double creationTimeMs, D document) {
    JsonText text = table.row(id, creationTimeMs, document, host().texts().sink());
    if (text.length() > Limits.ROW_BYTES_MAX / 3
        && text.toString().getBytes(StandardCharsets.UTF_8).length > Limits.ROW_BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "a row of " + table.name() + " is larger than " + Limits.ROW_BYTES_MAX + " bytes");
    }
    return Doc.written(table, id, text, creationTimeMs, document);
  }
}
