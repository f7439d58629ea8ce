package lunora.example;

import lunora.boot.Worker;
import lunora.bridge.entry.ShardEntry;
import lunora.bridge.entry.WorkerEntry;

/** Where Cloudflare starts the chat: once for each isolate. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Worker worker = Worker.of(ChatModule.create());
    WorkerEntry.install(worker.edge());
    ShardEntry.install(worker::shard);
  }
}
