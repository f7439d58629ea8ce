package lunora.bindings;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.DurableObjectStorage;
import lunora.bridge.workers.ListOptions;
import lunora.bridge.workers.StorageOptions;
import lunora.bridge.workers.SyncKeyValues;
import lunora.bridge.workers.WorkersResponse;

/** The key-value storage, with promises and without. */
final class StorageRoutes {

  private final DurableObjectStorage storage;

  StorageRoutes(DurableObjectStorage storage) {
    this.storage = storage;
  }

  WorkersResponse answer(String action) {
    return switch (action) {
      case "values" -> values();
      case "lists" -> lists();
      case "sync" -> sync();
      case "options" -> options();
      case "transaction" -> transaction();
      case "deleteAll" -> deleteAll();
      case "refused" -> refused();
      case "touch" -> touch();
      case "touched" -> new Answer().put("touched", storage.get("touched")).ok();
      case "closed" -> new Answer().put("closed", storage.get("closed")).ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  private WorkersResponse touch() {
    storage.put("touched", true);
    return WorkersResponse.empty(204);
  }

  private WorkersResponse values() {
    storage.put("text", "é");
    storage.put("number", 7);
    storage.put("long", 1L << 40);
    storage.put("flag", false);
    storage.put("bytes", new byte[] {1, 2, (byte) 200});
    return new Answer()
        .put("text", storage.get("text"))
        .put("number", storage.get("number"))
        .put("long", storage.get("long"))
        .put("flag", storage.get("flag"))
        .put("bytes", storage.get("bytes"))
        .put("missing", storage.get("missing"))
        .put("many", storage.get(List.of("text", "missing", "number")))
        .put("deleted", storage.delete("text"))
        .put("deletedAgain", storage.delete("text"))
        .put("deletedMany", storage.delete(List.of("number", "long", "missing")))
        .put("after", storage.get("text"))
        .ok();
  }

  private WorkersResponse lists() {
    for (String key : List.of("a1", "a2", "a3", "b1", "é")) {
      storage.put(key, key + "!");
    }
    ListOptions a = ListOptions.withPrefix("a");
    return new Answer()
        .put("prefix", storage.list(a))
        .put("reverse", keys(a.lastFirst()))
        .put("limit", keys(a.limitedTo(2)))
        .put("from", keys(ListOptions.all().startingAt("a2").endingBefore("b1")))
        .put("after", keys(ListOptions.all().startingAfter("a3")))
        .put("nothing", storage.list(ListOptions.withPrefix("zz")))
        .put("sync", storage.keyValues().list(a.lastFirst().limitedTo(1)))
        .ok();
  }

  private List<String> keys(ListOptions options) {
    return List.copyOf(storage.list(options).keySet());
  }

  private WorkersResponse sync() {
    SyncKeyValues values = storage.keyValues();
    values.put("s", "é");
    values.put("n", 1.5);
    values.put("b", new byte[] {9});
    return new Answer()
        .put("s", values.get("s"))
        .put("n", values.get("n"))
        .put("b", values.get("b"))
        .put("missing", values.get("missing"))
        .put("seenByAsync", storage.get("s"))
        .put("deleted", values.delete("s"))
        .put("deletedAgain", values.delete("s"))
        .put("left", values.list(ListOptions.all()))
        .ok();
  }

  private WorkersResponse options() {
    StorageOptions all = new StorageOptions(true, true, true);
    storage.put("o", "x", all);
    Object read = storage.get("o", all);
    storage.sync();
    return new Answer().put("read", read).put("later", storage.get("o")).ok();
  }

  private WorkersResponse transaction() {
    storage.transaction(
        () -> {
          storage.put("kept", 1);
          storage.put("kept2", 2);
        });
    String failed =
        Refusal.ofWork(
            () ->
                storage.transaction(
                    () -> {
                      storage.put("gone", 1);
                      throw new IllegalStateException("mine");
                    }));
    return new Answer()
        .put("kept", storage.get("kept"))
        .put("failed", failed)
        .put("gone", storage.get("gone"))
        .ok();
  }

  private WorkersResponse deleteAll() {
    storage.put("x", 1);
    storage.sql().exec("CREATE TABLE gone (a)");
    storage.deleteAll();
    return new Answer()
        .put("keys", storage.list(ListOptions.all()))
        .put("table", Refusal.of(() -> storage.sql().exec("SELECT * FROM gone")))
        .ok();
  }

  private WorkersResponse refused() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 129; i++) {
      many.add("k" + i);
    }
    String longKey = "k".repeat(2049);
    return new Answer()
        .put("type", Refusal.ofWork(() -> storage.put("x", List.of())))
        .put("syncType", Refusal.of(() -> storage.keyValues().put("x", List.of())))
        .put("manyKeys", Refusal.ofWork(() -> storage.get(many)))
        .put("longKey", Refusal.ofWork(() -> storage.put(longKey, 1)))
        .put("bothStarts", Refusal.ofWork(() -> storage.list(bothStarts())))
        .put("negativeLimit", Refusal.ofWork(() -> storage.list(ListOptions.all().limitedTo(-1))))
        .ok();
  }

  private static ListOptions bothStarts() {
    return new ListOptions(null, "a", "b", null, false, 0);
  }
}
