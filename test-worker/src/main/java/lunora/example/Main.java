package lunora.example;

import lunora.api.AppModule;
import lunora.api.RetryPolicy;
import lunora.backup.BackupSettings;
import lunora.boot.Worker;
import lunora.bridge.entry.ShardEntry;
import lunora.bridge.entry.WorkerEntry;
import lunora.edge.ShardAuthorizer;
import lunora.jwt.JwtAuthenticator;
import lunora.jwt.JwtSettings;
import lunora.presence.Presence;
import lunora.storage.SweepSettings;

/** Where Cloudflare starts the chat: once for each isolate. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    AppModule app =
        AppModule.create()
            .include(ChatModule.create())
            .include(Presence.module())
            .storage(Files.PREFIX, (caller, access, key) -> true)
            .build();
    Worker worker =
        Worker.of(app)
            .retry(RetryPolicy.DEFAULT.withBaseMs(200))
            .sweep(SweepSettings.at("0 5 * * *").under(Files.PREFIX).namedBy("files:named"))
            .backup(BackupSettings.into("BACKUPS").at("0 3 * * *").retain(14))
            .authenticate(JwtAuthenticator.of(tokens()))
            .authorizeShard(ShardAuthorizer.beyondRoot(Rooms::mayEnter))
            .authorizeFanOut((identity, table, path) -> Rooms.mayAskAll(identity, table));
    WorkerEntry.install(worker);
    ShardEntry.install(worker::shard);
    ShardEntry.install("SchedulerDO", worker::scheduler);
    ShardEntry.install("ShardRegistryDO", worker::shardRegistry);
  }

  /** The tokens of {@code npm run token}. A real app names its provider: {@code keysAt(url)}. */
  private static JwtSettings tokens() {
    // Who signs them shares our clock.
    return JwtSettings.of("lunora-example", "lunora-example").hs256("LUNORA_JWT_SECRET").leeway(0);
  }
}
