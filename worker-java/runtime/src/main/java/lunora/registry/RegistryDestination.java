package lunora.registry;

import java.util.List;
import lunora.host.local.LogSink;
import lunora.host.remote.Bindings;
import lunora.outbox.Destination;
import lunora.outbox.Effect;

/**
 * Takes a shard's reports to the registry. What is told is counted when it is sent, so that a
 * report that comes late or twice is right as well.
 */
public final class RegistryDestination implements Destination {

  private final ShardUse use;
  private final LogSink log;
  private boolean warned;

  public RegistryDestination(ShardUse use, LogSink log) {
    this.use = use;
    this.log = log;
  }

  @Override
  public String kind() {
    return ShardUse.KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    for (Effect effect : effects) {
      Report report = use.report(effect.id());
      if (report == null) {
        continue;
      }
      boolean bound = RegistryClient.register(bindings, report);
      if (!bound) {
        unbound();
      }
    }
  }

  /** A deployment may do without: then the next write after a minute tries again. */
  private void unbound() {
    if (!warned) {
      warned = true;
      log.log(
          LogSink.Level.WARN,
          "wrangler.jsonc binds no " + RegistryClient.BINDING + ": no call finds this shard",
          null);
    }
  }
}
