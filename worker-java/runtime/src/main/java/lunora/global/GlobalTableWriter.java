package lunora.global;

import java.util.List;
import java.util.Optional;
import lunora.api.GlobalSelect;
import lunora.api.GlobalWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.GlobalSession;
import lunora.query.RowRules;
import lunora.schema.Change;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** Reads and writes one global table within a mutation. */
final class GlobalTableWriter<D> extends GlobalTable<D> implements GlobalWriter<D> {

  private final RowRules<D> rules;
  private final GlobalMutation mutation;

  GlobalTableWriter(
      Table<D> table, GlobalSession session, RowRules<D> rules, GlobalMutation mutation) {
    super(table, session, rules);
    this.rules = rules;
    this.mutation = mutation;
  }

  @Override
  public Optional<Doc<D>> get(Id<D> id) {
    PendingRow<D> pending = mutation.pending(table(), id);
    if (pending == null) {
      Optional<Doc<D>> stored = super.get(id);
      return stored;
    }
    Doc<D> after = pending.after();
    return after != null && isReadable(after, rules.readable())
        ? Optional.of(after)
        : Optional.empty();
  }

  @Override
  GlobalSelect<D> select(@Nullable Index<D> index) {
    if (mutation.hasWritten(table())) {
      throw new IllegalStateException(
          "a reading of " + table().name() + " would miss what this mutation wrote: read first");
    }
    return super.select(index);
  }

  @Override
  public Id<D> insert(D document) {
    rules.checkWritable(document);
    return mutation.insert(table(), document);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final void patch(Id<D> id, Change<D>... changes) {
    Doc<D> current = require(id);
    D changed = table().with(current.value(), List.of(changes));
    rules.checkWritable(changed);
    mutation.update(table(), current, changed);
  }

  @Override
  public void replace(Id<D> id, D document) {
    Doc<D> current = require(id);
    rules.checkWritable(document);
    mutation.update(table(), current, document);
  }

  @Override
  public void delete(Id<D> id) {
    Doc<D> current = require(id);
    mutation.delete(table(), current);
  }

  /** The row as it is before a write: one that the caller may read and write. */
  private Doc<D> require(Id<D> id) {
    Optional<Doc<D>> row = get(id);
    if (row.isEmpty()) {
      throw new LunoraException(
          ErrorCode.NOT_FOUND, "no row of " + table().name() + " has this id");
    }
    if (rules.guard()) {
      rules.checkWritable(row.get().value());
    }
    return row.get();
  }
}
