package lunora.query;

import java.util.Optional;
import lunora.api.IndexRange;
import lunora.api.Select;
import lunora.api.TableReader;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.store.RowImage;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/** Reads one table and, for a live query, records what it read. */
public class RecordedReader<D> implements TableReader<D> {

  private final TableStore<D> store;
  private final SqlStorage sql;
  private final @Nullable ReadSet recorded;

  /**
   * A reader of the store's table.
   *
   * @param recorded where to record, or null where nobody will ask
   */
  public RecordedReader(TableStore<D> store, SqlStorage sql, @Nullable ReadSet recorded) {
    this.store = store;
    this.sql = sql;
    this.recorded = recorded;
  }

  @Override
  public Optional<Doc<D>> get(Id<D> id) {
    if (recorded != null) {
      recorded.add(new IdRead(store.table().name(), id.value()));
    }
    Optional<RowImage<D>> row = store.find(id);
    return row.isPresent() ? Optional.of(row.get().doc()) : Optional.empty();
  }

  @Override
  public Select<D> all() {
    return new TableSelect<>(store, null, sql, recorded);
  }

  @Override
  public IndexRange<D> index(Index<D> index) {
    Table<D> table = store.table();
    if (!table.indexes().contains(index)) {
      throw new IllegalArgumentException(
          "index " + index.name() + " is not one of table " + table.name());
    }
    return new TableSelect<>(store, index, sql, recorded);
  }
}
