package lunora.query;

import java.time.Instant;
import java.util.Optional;
import lunora.api.FunctionContext;
import lunora.api.FunctionLog;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.schema.Table;

/** The part of a context that every kind of function shares. */
public abstract class FunctionFacts implements FunctionContext {

  private final ShardHost host;
  private final Caller caller;
  private final String functionPath;
  private double fixedMs = Double.NaN;

  protected FunctionFacts(ShardHost host, Caller caller, String functionPath) {
    this.host = host;
    this.caller = caller;
    this.functionPath = functionPath;
  }

  /** Takes note that the function asked for a fact; a query's run rests on it. */
  protected void asked(ReadSet.Ambient fact) {}

  /** Takes note that the function may write to the log. */
  protected void logs() {}

  @Override
  public final Optional<Identity> auth() {
    asked(ReadSet.Ambient.IDENTITY);
    return caller.identity();
  }

  @Override
  public Instant now() {
    asked(ReadSet.Ambient.CLOCK);
    return Instant.ofEpochMilli((long) fixedMs());
  }

  /** The time of the whole call as a number, without taking note of it. */
  protected final double fixedMs() {
    if (Double.isNaN(fixedMs)) {
      fixedMs = host.clock().nowAsDouble();
    }
    return fixedMs;
  }

  @Override
  public final double random() {
    asked(ReadSet.Ambient.RANDOM);
    return host.random().next();
  }

  @Override
  public final FunctionLog log() {
    logs();
    return new HostFunctionLog(functionPath, host.log());
  }

  /** Which rows of the table there are for this call; asking a guarded one asks who is calling. */
  protected final <D> RowRules<D> rules(Policies policies, Table<D> table) {
    if (!policies.guard(table)) {
      return RowRules.none();
    }
    asked(ReadSet.Ambient.IDENTITY);
    return caller.isUnrestricted() ? RowRules.none() : policies.rules(table, this);
  }

  protected final ShardHost host() {
    return host;
  }

  protected final Caller caller() {
    return caller;
  }
}
