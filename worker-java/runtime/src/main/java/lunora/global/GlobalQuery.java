package lunora.global;

import lunora.api.GlobalQueryContext;
import lunora.api.GlobalReader;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.remote.GlobalSession;
import lunora.query.FunctionFacts;
import lunora.query.IdRead;
import lunora.query.Policies;
import lunora.query.ReadSet;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** The context of one query over global tables. */
final class GlobalQuery extends FunctionFacts implements GlobalQueryContext {

  private final Policies policies;
  private final GlobalSession session;
  private final @Nullable ReadSet recorded;

  GlobalQuery(
      ShardHost host,
      Caller caller,
      String functionPath,
      Policies policies,
      GlobalSession session,
      @Nullable ReadSet recorded) {
    super(host, caller, functionPath);
    this.policies = policies;
    this.session = session;
    this.recorded = recorded;
  }

  @Override
  protected void asked(ReadSet.Ambient fact) {
    if (recorded != null) {
      recorded.add(fact);
    }
  }

  @Override
  public <D> GlobalReader<D> table(Table<D> table) {
    if (recorded != null) {
      recorded.add(IdRead.wholeTable(table.name()));
    }
    return new GlobalTable<>(GlobalTable.checked(table), session, rules(policies, table));
  }
}
