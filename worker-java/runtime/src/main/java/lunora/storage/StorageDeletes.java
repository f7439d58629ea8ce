package lunora.storage;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.Bindings;
import lunora.host.remote.BlobBucket;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.wire.Json;
import lunora.wire.Value;

/** Deletes what committed mutations asked to delete; an object that is gone already stays gone. */
public final class StorageDeletes implements Destination {

  static final String KIND = "storage.delete";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    List<String> keys = new ArrayList<>();
    for (Effect effect : effects) {
      keys.add(((Value.Str) Json.read(effect.payload().toString())).value());
    }
    BlobBucket bucket = bindings.bucket(StorageSettings.BUCKET);
    bucket.delete(keys);
    FileLedger.removed(keys, bindings);
  }
}
