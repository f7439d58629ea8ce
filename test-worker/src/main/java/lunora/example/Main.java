package lunora.example;

import lunora.api.AppModule;
import lunora.api.RetryPolicy;
import lunora.boot.Worker;
import lunora.bridge.entry.ShardEntry;
import lunora.bridge.entry.WorkerEntry;
import lunora.presence.Presence;

/** Where Cloudflare starts the chat: once for each isolate. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    AppModule app =
        AppModule.create().include(ChatModule.create()).include(Presence.module()).build();
    Worker worker = Worker.of(app).retry(RetryPolicy.DEFAULT.withBaseMs(200));
    WorkerEntry.install(worker);
    ShardEntry.install(worker::shard);
    ShardEntry.install("SchedulerDO", worker::scheduler);
  }
}
