package lunora.query;

import java.time.Instant;
import java.util.Optional;
import lunora.api.FunctionContext;
import lunora.api.FunctionLog;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import org.jspecify.annotations.Nullable;

/** The part of a context that every kind of function shares; readings are recorded for a query. */
public abstract class FunctionFacts implements FunctionContext {

  private final ShardHost host;
  private final Caller caller;
  private final FunctionLog log;
  private final @Nullable ReadSet recorded;
  private @Nullable Instant now;

  protected FunctionFacts(
      ShardHost host, Caller caller, String functionPath, @Nullable ReadSet recorded) {
    this.host = host;
    this.caller = caller;
    this.log = new HostFunctionLog(functionPath, host.log());
    this.recorded = recorded;
  }

  @Override
  public final Optional<Identity> auth() {
    record(ReadSet.Ambient.IDENTITY);
    return caller.identity();
  }

  @Override
  public Instant now() {
    record(ReadSet.Ambient.CLOCK);
    Instant fixed = now;
    if (fixed == null) {
      fixed = Instant.ofEpochMilli(host.clock().nowMs());
      now = fixed;
    }
    return fixed;
  }

  @Override
  public final double random() {
    record(ReadSet.Ambient.RANDOM);
    return host.random().next();
  }

  @Override
  public final FunctionLog log() {
    return log;
  }

  protected final ShardHost host() {
    return host;
  }

  protected final Caller caller() {
    return caller;
  }

  private void record(ReadSet.Ambient fact) {
    if (recorded != null) {
      recorded.add(fact);
    }
  }
}
