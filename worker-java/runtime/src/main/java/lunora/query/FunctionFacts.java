package lunora.query;

import java.time.Instant;
import java.util.Optional;
import lunora.api.FunctionContext;
import lunora.api.FunctionLog;
import lunora.api.Identity;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import org.jspecify.annotations.Nullable;

/** The part of a context that every kind of function shares. */
public abstract class FunctionFacts implements FunctionContext {

  private final ShardHost host;
  private final Caller caller;
  private final FunctionLog log;
  private @Nullable Instant now;

  protected FunctionFacts(ShardHost host, Caller caller, String functionPath) {
    this.host = host;
    this.caller = caller;
    this.log = new HostFunctionLog(functionPath, host.log());
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
    Instant fixed = now;
    if (fixed == null) {
      fixed = Instant.ofEpochMilli(host.clock().nowMs());
      now = fixed;
    }
    return fixed;
  }

  @Override
  public final double random() {
    asked(ReadSet.Ambient.RANDOM);
    return host.random().next();
  }

  @Override
  public final FunctionLog log() {
    logs();
    return log;
  }

  protected final ShardHost host() {
    return host;
  }

  protected final Caller caller() {
    return caller;
  }
}
