package lunora.query;

import lunora.api.QueryContext;
import lunora.api.TableReader;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.schema.Table;
import lunora.store.Stores;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/** The context of one run of a query. */
final class QueryCall extends FunctionFacts implements QueryContext {

  private final Stores stores;
  private final Policies policies;
  private final @Nullable ReadSet recorded;
  private final @Nullable TableMarks marks;

  /**
   * The context of a run.
   *
   * @param recorded where to record all that it reads, or null
   * @param marks where to mark the tables that it reads, or null
   */
  QueryCall(
      ShardHost host,
      Stores stores,
      Policies policies,
      Caller caller,
      String functionPath,
      @Nullable ReadSet recorded,
      @Nullable TableMarks marks) {
    super(host, caller, functionPath);
    this.stores = stores;
    this.policies = policies;
    this.recorded = recorded;
    this.marks = marks;
  }

  @Override
  protected void asked(ReadSet.Ambient fact) {
    if (recorded != null) {
      recorded.add(fact);
    }
    if (marks != null) {
      marks.spoil();
    }
  }

  @Override
  protected void logs() {
    if (marks != null) {
      marks.spoil();
    }
  }

  @Override
  public <D> TableReader<D> table(Table<D> table) {
    TableStore<D> store = stores.of(table);
    if (marks != null) {
      marks.add(store);
    }
    return new RecordedReader<>(store, rules(policies, table), host().sql(), recorded);
  }
}
