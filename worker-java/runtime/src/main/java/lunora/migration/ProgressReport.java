package lunora.migration;

import java.util.List;
import lunora.host.remote.Bindings;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.registry.RegistryClient;
import lunora.wire.JsonWriter;

/**
 * Tells the registry of shards that a migration ended here. What is told is how far it is by then,
 * so that a report that comes late or twice is right as well. May suspend.
 */
public final class ProgressReport implements Destination {

  static final String KIND = "migrated";

  private final Migrations migrations;
  private final String shardKey;

  public ProgressReport(Migrations migrations, String shardKey) {
    this.migrations = migrations;
    this.shardKey = shardKey;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    for (Effect effect : effects) {
      JsonWriter body = new JsonWriter().raw("{\"id\":").string(effect.id());
      body.raw(",\"shardKey\":").string(shardKey).raw(",");
      migrations.progress(effect.id()).writeFields(body);
      String text = body.raw("}").finish().toString();
      RegistryClient.tell(bindings, "/migrations/report", text);
    }
  }
}
