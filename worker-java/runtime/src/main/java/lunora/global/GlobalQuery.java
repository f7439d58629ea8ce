package lunora.global;

import lunora.api.GlobalQueryContext;
import lunora.api.GlobalReader;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.remote.GlobalSession;
import lunora.query.FunctionFacts;
import lunora.schema.Table;

/** The context of one query over global tables. */
final class GlobalQuery extends FunctionFacts implements GlobalQueryContext {

  private final GlobalSession session;

  GlobalQuery(ShardHost host, Caller caller, String functionPath, GlobalSession session) {
    super(host, caller, functionPath);
    this.session = session;
  }

  @Override
  public <D> GlobalReader<D> table(Table<D> table) {
    return new GlobalTable<>(GlobalTable.checked(table), session);
  }
}
