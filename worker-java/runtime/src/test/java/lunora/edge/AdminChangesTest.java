package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lunora.TestApp;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.SqlRows;
import lunora.testkit.FakeBlobBucket;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators copy elsewhere: what was written, and files. */
class AdminChangesTest {

  private static final String TOKEN = "an admin token that nobody guesses, ever";
  private static final String PLANE = "https://app.test/_lunora/";

  private final Worker worker = Worker.of(TestApp.module());
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final LoopbackShardNamespace registries =
      new LoopbackShardNamespace(
          key -> new FakeShard(FakeShardHost.inMemory(key), worker::shardRegistry));
  private final FakeWorkerHost host = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", TOKEN);
  private final WorkerHandler edge = worker.edge();

  @BeforeEach
  void bind() {
    host.bind("SHARD_REGISTRY", registries);
    send("one");
    send("two");
  }

  @AfterEach
  void close() {
    shards.close();
    registries.close();
  }

  private void send(String body) {
    String args = "{\"channel\":\"a\",\"author\":\"ann\",\"body\":\"" + body + "\"}";
    String call = "{\"functionPath\":\"messages:send\",\"args\":" + args + "}";
    assertEquals(200, edge.fetch(FakeHttpRequest.post(PLANE + "rpc", call), host).status());
  }

  private static FakeHttpRequest authorized(FakeHttpRequest request) {
    return request.header("authorization", "Bearer " + TOKEN);
  }

  private HttpResponse answer(String path, String body) {
    return edge.fetch(authorized(FakeHttpRequest.post(PLANE + "admin/" + path, body)), host);
  }

  private static String text(HttpResponse answer) {
    return answer instanceof HttpResponse.Json json ? json.body().toString() : answer.toString();
  }

  private String post(String path, String body) {
    HttpResponse answer = answer(path, body);
    assertEquals(200, answer.status(), () -> text(answer));
    return text(answer);
  }

  @Test
  void theChangesOfEachShardAfterItsCursor() {
    String all = post("sync", "{}");
    assertTrue(
        all.startsWith("{\"shards\":[{\"shardKey\":\"__root__\",\"changes\":[{\"seq\":1,"), all);
    assertTrue(all.contains("\"op\":\"insert\",\"doc\":{") && all.contains("two"), all);
    String rest = post("sync", "{\"cursors\":{\"__root__\":1},\"tables\":[\"messages\"]}");
    assertTrue(rest.contains("two") && !rest.contains("\"one\""), rest);
    String page = post("sync", "{\"limit\":1}");
    assertTrue(page.contains("\"cursor\":1,") && page.contains("\"hasMore\":true"), page);
    String none = post("sync", "{\"tables\":[\"counters\"]}");
    assertTrue(none.contains("\"changes\":[],\"cursor\":2"), none);
  }

  @Test
  void anAnswerHasNoMoreThanFitsAndOneWhateverItsSize() {
    shards
        .shard("__root__")
        .host()
        .sql()
        .execute(
            "UPDATE \"__lunora_oplog\""
                + " SET doc = json_set(doc, '$.body', hex(zeroblob(750000)))");
    String first = post("sync", "{}");
    assertTrue(first.contains("\"cursor\":1,") && first.contains("\"hasMore\":true"));
    String second = post("sync", "{\"cursors\":{\"__root__\":1}}");
    assertTrue(second.contains("\"cursor\":2,") && second.contains("\"hasMore\":false"));
  }

  @Test
  void aCursorOfAnotherTimelineSaysSo() {
    for (String body :
        new String[] {
          "{\"cursors\":{\"__root__\":99}}", "{\"epochs\":{\"__root__\":\"another\"}}"
        }) {
      String reset = post("sync", body);
      assertTrue(reset.contains("\"changes\":[],\"cursor\":2"), reset);
      assertTrue(reset.contains("\"reset\":true"), reset);
    }
    shards.shard("__root__").host().sql().execute("DELETE FROM \"__lunora_oplog\" WHERE seq = 1");
    assertTrue(post("sync", "{}").contains("\"reset\":true"), "what was trimmed is not there");
    shards.cutOff("__root__");
    String cut = post("sync", "{\"cursors\":{\"__root__\":1}}");
    assertTrue(cut.contains("\"cursor\":1,\"error\":"), cut);
  }

  @Test
  void aConnectorKeepsOneText() {
    String first = post("connector/sync", "{\"limit\":1}");
    assertTrue(first.startsWith("{\"changes\":[{\"table\":\"messages\",\"op\":\"insert\""), first);
    assertTrue(first.contains("\"hasMore\":true"), first);
    String second = post("connector/sync", "{\"cursor\":\"" + cursor(first) + "\"}");
    assertTrue(second.contains("two") && !second.contains("\"one\""), second);
    assertTrue(second.endsWith("\"hasMore\":false}"), second);
    String delete =
        "{\"functionPath\":\"__lunora_admin__:clearTable\",\"args\":{\"table\":\"messages\"}}";
    edge.fetch(authorized(FakeHttpRequest.post(PLANE + "rpc", delete)), host);
    String third = post("connector/sync", "{\"cursor\":\"" + cursor(second) + "\"}");
    assertTrue(third.contains("\"op\":\"delete\",\"doc\":{\"_id\":\""), third);
    assertEquals(400, answer("connector/sync", "{\"cursor\":\"bm90\"}").status());
    assertEquals(400, answer("connector/sync", "{\"limit\":0}").status());
  }

  private static String cursor(String answer) {
    Value next = ((Value.Obj) Json.read(answer)).fields().get("nextCursor");
    return next instanceof Value.Str text ? text.value() : "";
  }

  @Test
  void whatWasWrittenHereIsAppliedThere() {
    String changes = changesOf(post("sync", "{}"));
    String batch = "{\"batches\":[{\"shardKey\":\"copy\",\"changes\":" + changes + "}]}";
    for (int time = 0; time < 2; time++) {
      assertEquals("{\"applied\":2,\"ok\":1,\"failed\":0,\"errors\":[]}", post("apply", batch));
      assertEquals(rows("__root__"), rows("copy"), "also when it comes twice");
    }
    String id = shards.shard("copy").host().sql().query("SELECT _id FROM messages").text(0, 0);
    String delete = "[{\"table\":\"messages\",\"op\":\"delete\",\"doc\":{\"_id\":\"" + id + "\"}}]";
    post("apply", "{\"batches\":[{\"shardKey\":\"copy\",\"changes\":" + delete + "}]}");
    assertEquals(1, shards.shard("copy").host().sql().query("SELECT 1 FROM messages").size());
  }

  @Test
  void aBatchIsAppliedWholeOrNotAtAll() {
    String good = changesOf(post("sync", "{}"));
    String bad = good.substring(0, good.length() - 1) + ",{\"table\":\"none\",\"op\":\"delete\"}]";
    String both =
        "{\"batches\":[{\"shardKey\":\"x\",\"changes\":"
            + bad
            + "},{\"shardKey\":\"y\",\"changes\":"
            + good
            + "}]}";
    String answer = post("apply", both);
    assertTrue(answer.startsWith("{\"applied\":2,\"ok\":1,\"failed\":1,"), answer);
    assertTrue(answer.contains("{\"shardKey\":\"x\",\"message\":\"this app has no"), answer);
    assertEquals("", rows("x"));
    assertEquals(400, answer("apply", "{}").status());
    assertEquals(400, answer("apply", "{\"batches\":[],\"globalChanges\":[{}]}").status());
  }

  @Test
  void whatAShardRefusesIsSaidAsItSaysIt() {
    String answer = post("sync", "{\"tables\":5}");
    assertTrue(answer.contains("\"error\":\"`tables` must be"), answer);
  }

  @Test
  void aTimeThatNoRowCanHaveIsRefused() {
    for (String time : new String[] {"[\"$lunora.wire$\",\"inf\"]", "-1", "\"now\""}) {
      String doc = "{\"_id\":\"a\",\"_creationTime\":" + time + ",\"channel\":\"c\",";
      doc += "\"author\":\"ann\",\"body\":\"b\"}";
      String change = "{\"table\":\"messages\",\"op\":\"insert\",\"doc\":" + doc + "}";
      String batch = "{\"shardKey\":\"x\",\"changes\":[" + change + "]}";
      String answer = post("apply", "{\"batches\":[" + batch + "]}");
      assertTrue(answer.contains("`_creationTime` must be"), answer);
    }
    assertEquals("", rows("x"));
  }

  private String rows(String shardKey) {
    StringBuilder all = new StringBuilder();
    SqlRows rows =
        shards
            .shard(shardKey)
            .host()
            .sql()
            .query("SELECT _id, _creationTime, _doc FROM messages ORDER BY _id");
    for (int row = 0; row < rows.size(); row++) {
      all.append(rows.text(row, 0)).append(rows.number(row, 1)).append(rows.text(row, 2));
    }
    return all.toString();
  }

  private static String changesOf(String answer) {
    int from = answer.indexOf("\"changes\":") + "\"changes\":".length();
    return answer.substring(from, answer.indexOf(",\"cursor\":", from));
  }

  @Test
  void filesAreStoredAndRead() {
    HttpResponse none = edge.fetch(put("a/b.txt", "hello"), host);
    assertTrue(text(none).contains("STORAGE_NOT_CONFIGURED"), text(none));
    host.bind("FILES", new FakeBlobBucket(host.clock()));
    HttpResponse stored = edge.fetch(put("a/b.txt", "hello"), host);
    assertTrue(text(stored).startsWith("{\"key\":\"a/b.txt\",\"size\":5"), text(stored));
    assertEquals(200, edge.fetch(get("storage/object?key=a/b.txt"), host).status());
    assertEquals(404, edge.fetch(get("storage/object?key=a/c.txt"), host).status());
    assertEquals(400, edge.fetch(get("storage/object"), host).status());
    host.set("LUNORA_STORAGE_SECRET", "a secret of more than thirty-two characters");
    String url = text(edge.fetch(get("storage/url?key=a/b.txt&expiresIn=60"), host));
    assertTrue(url.startsWith("{\"url\":\"https://app.test/_lunora/storage/a/b.txt?exp="), url);
  }

  private static FakeHttpRequest get(String path) {
    return authorized(FakeHttpRequest.get(PLANE + "admin/" + path));
  }

  private static FakeHttpRequest put(String key, String body) {
    FakeHttpRequest request = FakeHttpRequest.of("PUT", PLANE + "admin/storage?key=" + key);
    return authorized(request.body(body))
        .header("content-type", "text/plain")
        .header("content-length", String.valueOf(body.length()));
  }
}
