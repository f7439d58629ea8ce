package lunora.testkit;

import java.util.HashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.OwnWorker;
import lunora.host.remote.ShardNamespace;
import org.jspecify.annotations.Nullable;

/** A deployment that has what a test gives it. */
public class FakeBindings implements Bindings {

  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, GlobalDatabase> databases = new HashMap<>();
  private final Map<String, BlobBucket> buckets = new HashMap<>();
  private final Map<String, ShardNamespace> objects = new HashMap<>();
  private final Map<String, MessageQueue> queues = new HashMap<>();
  private final FakeCrypto crypto = new FakeCrypto();
  private @Nullable ShardNamespace shards;
  private @Nullable OwnWorker worker;

  /** Binds the shards. */
  public final void bind(ShardNamespace namespace) {
    shards = namespace;
  }

  /** Binds the objects of another class. */
  public final void bind(String name, ShardNamespace namespace) {
    objects.put(name, namespace);
  }

  /** Binds a database. */
  public final void bind(String name, GlobalDatabase database) {
    databases.put(name, database);
  }

  /** Binds a bucket. */
  public final void bind(String name, BlobBucket bucket) {
    buckets.put(name, bucket);
  }

  /** Binds a queue. */
  public final void bind(String name, MessageQueue queue) {
    queues.put(name, queue);
  }

  /** Puts the Worker in the reach of its objects. */
  public final void bind(OwnWorker own) {
    worker = own;
  }

  /** The Worker as its objects reach it. */
  final OwnWorker worker() {
    return present(worker, "Worker of its own");
  }

  /** Sets a variable or secret. */
  public FakeBindings set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  @Override
  public ShardNamespace shards() {
    return present(shards, "SHARD");
  }

  @Override
  public ShardNamespace objects(String name) {
    return present(objects.get(name), name);
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public GlobalDatabase database(String name) {
    return present(databases.get(name), name);
  }

  @Override
  public BlobBucket bucket(String name) {
    return present(buckets.get(name), name);
  }

  @Override
  public MessageQueue queue(String name) {
    return present(queues.get(name), name);
  }

  @Override
  public FakeCrypto crypto() {
    return crypto;
  }

  private static <T> T present(@Nullable T binding, String name) {
    if (binding == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no " + name);
    }
    return binding;
  }
}
