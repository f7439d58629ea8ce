package lunora.query;

import java.util.Optional;
import lunora.api.IndexRange;
import lunora.api.Select;
import lunora.api.TableReader;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.RowImage;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/** Reads one table and, for a live query, records what it read. */
public class RecordedReader<D> implements TableReader<D> {

  private final TableStore<D> store;
  private final SqlStorage sql;
  private final @Nullable ReadSet recorded;
  private final RowRules<D> rules;

  /**
   * A reader of the store's table.
   *
   * @param rules which rows there are for the caller
   * @param recorded where to record, or null where nobody will ask
   */
  public RecordedReader(
      TableStore<D> store, RowRules<D> rules, SqlStorage sql, @Nullable ReadSet recorded) {
    this.store = store;
    this.rules = rules;
    this.sql = sql;
    this.recorded = recorded;
  }

  @Override
  public final Optional<Doc<D>> get(Id<D> id) {
    if (recorded != null) {
      recorded.add(new IdRead(store.table().name(), id.value()));
    }
    Optional<RowImage<D>> row = find(id);
    return row.isPresent() ? Optional.of(row.get().doc()) : Optional.empty();
  }

  /** The row with this id, if it is one that the caller may read. */
  protected final Optional<RowImage<D>> find(Id<D> id) {
    Predicate<D> readable = rules.readable();
    Optional<RowImage<D>> row = store.find(id);
    return readable == null || row.isEmpty() || readable.test(row.get().doc().value())
        ? row
        : Optional.empty();
  }

  @Override
  public Select<D> all() {
    return select(null);
  }

  @Override
  public IndexRange<D> index(Index<D> index) {
    Table<D> table = store.table();
    if (!table.indexes().contains(index)) {
      throw new IllegalArgumentException(
          "index " + index.name() + " is not one of table " + table.name());
    }
    return select(index);
  }

  private IndexRange<D> select(@Nullable Index<D> index) {
    TableSelect<D> select = new TableSelect<>(store, index, sql, recorded);
    Predicate<D> readable = rules.readable();
    if (readable != null) {
      select.filter(readable);
    }
    return select;
  }
}
