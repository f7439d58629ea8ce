package lunora.shard;

import java.util.List;
import java.util.Optional;
import lunora.api.TableWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlStorage;
import lunora.oplog.RowWrite;
import lunora.query.RecordedReader;
import lunora.query.RowRules;
import lunora.schema.Change;
import lunora.schema.Id;
import lunora.store.RowImage;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/** Reads and writes one table within a transaction; every write goes to the log as well. */
final class TransactionTable<D> extends RecordedReader<D> implements TableWriter<D> {

  private final TableStore<D> store;
  private final RowRules<D> rules;
  private final Transaction transaction;

  TransactionTable(
      TableStore<D> store, RowRules<D> rules, SqlStorage sql, Transaction transaction) {
    super(store, rules, sql, null);
    this.store = store;
    this.rules = rules;
    this.transaction = transaction;
  }

  @Override
  public Id<D> insert(D document) {
    rules.checkWritable(document);
    Id<D> id = new Id<>(transaction.newId());
    written(null, store.insert(id, transaction.nowMs(), document));
    return id;
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final void patch(Id<D> id, Change<D>... changes) {
    RowImage<D> before = require(id);
    D changed = store.table().with(before.doc().value(), List.of(changes));
    rules.checkWritable(changed);
    written(before, store.update(before, changed));
  }

  @Override
  public void replace(Id<D> id, D document) {
    RowImage<D> before = require(id);
    rules.checkWritable(document);
    written(before, store.update(before, document));
  }

  @Override
  public void delete(Id<D> id) {
    RowImage<D> before = require(id);
    store.delete(before);
    written(before, null);
  }

  /** The row as it is before a write: one that the caller may read and write. */
  private RowImage<D> require(Id<D> id) {
    Optional<RowImage<D>> row = find(id);
    if (row.isEmpty()) {
      throw new LunoraException(
          ErrorCode.NOT_FOUND, "no row of " + store.table().name() + " has this id");
    }
    if (rules.guard()) {
      rules.checkWritable(row.get().doc().value());
    }
    return row.get();
  }

  private void written(@Nullable RowImage<D> before, @Nullable RowImage<D> after) {
    transaction.written(new RowWrite<>(store.table(), before, after));
  }
}
