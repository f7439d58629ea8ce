package lunora.storage;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.api.Storage;
import lunora.api.StorageAccess;
import lunora.api.StorageRule;
import lunora.host.local.ShardHost;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.wire.JsonWriter;

/** What mutations delete with: every wish is an effect of the outbox. */
public final class TransactionStorage implements Storage {

  private final ShardHost host;
  private final Outbox outbox;
  private final Optional<Identity> caller;
  private final Map<String, StorageRule> rules;

  /** The storage for one caller. */
  public TransactionStorage(
      ShardHost host, Outbox outbox, Optional<Identity> caller, Map<String, StorageRule> rules) {
    this.host = host;
    this.outbox = outbox;
    this.caller = caller;
    this.rules = rules;
  }

  @Override
  public void delete(String key) {
    StorageChecks.allowed(rules, caller, StorageAccess.DELETE, key);
    JsonWriter payload = new JsonWriter().string(key);
    outbox.add(StorageDeletes.KIND, new Effect(host.random().uuid(), payload.finish()));
  }
}
