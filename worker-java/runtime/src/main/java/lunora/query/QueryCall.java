package lunora.query;

import lunora.api.QueryContext;
import lunora.api.TableReader;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.schema.Table;
import lunora.store.Stores;
import org.jspecify.annotations.Nullable;

/** The context of one run of a query. */
final class QueryCall extends FunctionFacts implements QueryContext {

  private final Stores stores;
  private final @Nullable ReadSet recorded;

  QueryCall(
      ShardHost host,
      Stores stores,
      Caller caller,
      String functionPath,
      @Nullable ReadSet recorded) {
    super(host, caller, functionPath, recorded);
    this.stores = stores;
    this.recorded = recorded;
  }

  @Override
  public <D> TableReader<D> table(Table<D> table) {
    return new RecordedReader<>(stores.of(table), host().sql(), recorded);
  }
}
