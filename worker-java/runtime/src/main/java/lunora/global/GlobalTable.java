package lunora.global;

import java.util.Optional;
import lunora.api.GlobalReader;
import lunora.api.GlobalSelect;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.query.RowRules;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/** Reads one global table in a session. */
class GlobalTable<D> implements GlobalReader<D> {

  private final Table<D> table;
  private final GlobalSession session;
  private final RowRules<D> rules;

  /** A reader of the rows that the rules let the caller read. */
  GlobalTable(Table<D> table, GlobalSession session, RowRules<D> rules) {
    this.table = table;
    this.session = session;
    this.rules = rules;
  }

  /** The table, if it is global. */
  static <D> Table<D> checked(Table<D> table) {
    if (!table.isGlobal()) {
      throw new IllegalArgumentException(
          table.name() + " is a table of the shards: this function reaches global tables only");
    }
    return table;
  }

  final Table<D> table() {
    return table;
  }

  @Override
  public Optional<Doc<D>> get(Id<D> id) {
    Predicate<D> readable = rules.readable();
    Optional<Doc<D>> row = stored(id);
    return row.isEmpty() || isReadable(row.get(), readable) ? row : Optional.empty();
  }

  static <D> boolean isReadable(Doc<D> row, @Nullable Predicate<D> readable) {
    return readable == null || readable.test(row.value());
  }

  /** The row as the database has it. May suspend. */
  final Optional<Doc<D>> stored(Id<D> id) {
    String sql =
        "SELECT "
            + TableLayout.DOC
            + " FROM "
            + TableLayout.quote(table.name())
            + " WHERE "
            + TableLayout.ID
            + " = ?";
    SqlRows rows = session.query(sql, id.value());
    if (rows.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(new Doc<>(table, id, rows.json(0, 0)));
  }

  @Override
  public GlobalSelect<D> all() {
    return select(null);
  }

  @Override
  public GlobalSelect<D> index(Index<D> index) {
    if (!table.indexes().contains(index)) {
      throw new IllegalArgumentException(table.name() + " has no index " + index.name());
    }
    return select(index);
  }

  GlobalSelect<D> select(@Nullable Index<D> index) {
    GlobalReading<D> reading = new GlobalReading<>(table, index, session);
    Predicate<D> readable = rules.readable();
    if (readable != null) {
      reading.filter(readable);
    }
    return reading;
  }
}
