package lunora.bindings;

import java.util.List;
import lunora.bridge.workers.ByteStream;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.KvNamespace;
import lunora.bridge.workers.KvPage;
import lunora.bridge.workers.KvPutOptions;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** Workers KV. Each action has a prefix of its own. */
final class KvRoutes {

  private KvRoutes() {}

  static WorkersResponse answer(String action, Env env) {
    KvNamespace kv = env.kv("KV");
    return switch (action) {
      case "values" -> values(kv);
      case "list" -> list(kv);
      case "refused" -> refused(kv);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse values(KvNamespace kv) {
    JsonText metadata = JsonText.of("{\"a\":[1]}");
    kv.put("v/1", "é", new KvPutOptions().metadata(metadata));
    kv.put("v/2", new byte[] {1, -1}, new KvPutOptions().expiringIn(600));
    String text = kv.text("v/1");
    byte[] bytes = kv.bytes("v/2");
    ByteStream stream = kv.stream("v/1");
    int streamed = stream == null ? -1 : stream.readAll().length;
    KvNamespace.Entry entry = kv.entry("v/1");
    KvNamespace.Entry plain = kv.entry("v/2");
    var texts = kv.texts(List.of("v/1", "v/none"));
    kv.delete("v/1");
    kv.delete("v/none");
    String gone = kv.text("v/1");
    String none = kv.text("v/none");
    byte[] noBytes = kv.bytes("v/none");
    KvNamespace.Entry noEntry = kv.entry("v/none");
    return new Answer()
        .put("text", text)
        .put("bytes", bytes)
        .put("streamed", streamed)
        .put("metadata", entry == null ? null : entry.metadata())
        .put("noMetadata", plain == null ? "absent" : plain.metadata())
        .put("texts", texts)
        .put("gone", gone)
        .put("none", none)
        .put("noBytes", noBytes)
        .put("noEntry", noEntry)
        .ok();
  }

  private static WorkersResponse list(KvNamespace kv) {
    for (String key : List.of("l/a", "l/b", "l/c")) {
      kv.put(key, key, new KvPutOptions().expiringIn(600).metadata(JsonText.of("7")));
    }
    KvPage first = kv.list("l/", null, 2);
    KvPage second = kv.list("l/", first.cursor(), 2);
    KvPage.Key key = first.keys().get(0);
    return new Answer()
        .put("first", key.name())
        .put("metadata", key.metadata())
        .put("expires", key.expirationSeconds().orElse(0) > 1_600_000_000L)
        .put("sizes", List.of(first.keys().size(), second.keys().size()))
        .put("end", second.cursor())
        .ok();
  }

  private static WorkersResponse refused(KvNamespace kv) {
    String longKey = "k".repeat(513);
    return new Answer()
        .put("soon", Refusal.ofWork(() -> kv.put("r", "x", new KvPutOptions().expiringIn(59))))
        .put("longKey", Refusal.ofWork(() -> kv.put(longKey, "x", new KvPutOptions())))
        .put("empty", Refusal.ofWork(() -> kv.text("")))
        .put("limit", Refusal.ofWork(() -> kv.list("", null, 1_001)))
        .ok();
  }
}
