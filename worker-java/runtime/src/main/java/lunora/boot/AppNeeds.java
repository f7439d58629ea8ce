package lunora.boot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.api.AppModule;
import lunora.api.Trigger;
import lunora.global.GlobalSchema;
import lunora.host.edge.Need;
import lunora.storage.StorageSweep;
import lunora.wire.Value;

/** What an app and its settings need of the deployment. */
final class AppNeeds {

  private AppNeeds() {}

  static List<Need> of(AppModule app, EdgeSettings settings) {
    Set<Need> needs = new LinkedHashSet<>();
    for (String expression : settings.crons.keySet()) {
      needs.add(new Need.CronTrigger(expression));
    }
    if (settings.sweep != null) {
      needs.add(new Need.Bucket(StorageSweep.BUCKET));
    }
    if (!settings.backup.store().isEmpty()) {
      needs.add(new Need.Bucket(settings.backup.store()));
    }
    if (!settings.backup.cron().isEmpty()) {
      needs.add(new Need.CronTrigger(settings.backup.cron()));
    }
    for (Trigger cron : app.crons()) {
      needs.add(new Need.CronTrigger(cron.source()));
    }
    for (Trigger consumer : app.queueConsumers()) {
      needs.add(new Need.Consumer(consumer.source()));
    }
    if (!app.globalSchema().tables().isEmpty()) {
      Value.Arr tables = GlobalSchema.describe(app.globalSchema());
      needs.add(new Need.Database(GlobalSchema.BINDING, tables));
    }
    return List.copyOf(needs);
  }
}
