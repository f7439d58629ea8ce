package lunora.benchapp;

import lunora.api.AppModule;
import lunora.boot.Worker;
import lunora.bridge.entry.ShardEntry;
import lunora.bridge.entry.WorkerEntry;
import lunora.example.ChatModule;

/** Where workerd starts the benchmarked app: once for each isolate. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    AppModule app =
        AppModule.create().include(ChatModule.create()).include(BenchAppModule.create()).build();
    Worker worker = Worker.of(app);
    WorkerEntry.install(worker);
    ShardEntry.install(
        (host, background) -> {
          Probe.wakes++;
          return worker.shard(host, background);
        });
  }
}
