package lunora.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lunora.bulk.BulkRequests;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault cases F16 and F21: R2 fails anywhere, crons overlap, an import is torn or refused. */
class BackupFaultsTest {

  private static final String BIG = "x".repeat(4_000);

  @TestFactory
  List<DynamicTest> whateverOfTheBucketFailsThereIsNoManifestAndNoUpload() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String call :
        List.of(
            "head 0",
            "startUpload 0",
            "upload.part 0",
            "upload.part 1",
            "upload.complete 0",
            "put 0")) {
      tests.add(DynamicTest.dynamicTest(call, () -> fails(call.split(" "))));
    }
    return tests;
  }

  private static void fails(String[] call) {
    FaultyBucket faulty = new FaultyBucket(call[0], Integer.parseInt(call[1]));
    BackupSettings settings = BackupSettings.into("BACKUPS").at(BackupWorld.CRON);
    try (BackupWorld world = new BackupWorld(settings, faulty::around)) {
      for (int i = 0; i < 3_000; i++) {
        world.send("__root__", BIG);
      }
      assertThrows(IllegalStateException.class, () -> world.fire(0));
      assertTrue(
          world.bucket.keys().stream().noneMatch(key -> key.endsWith(".manifest.json")),
          world.bucket.keys()::toString);
      assertEquals(0, world.bucket.openUploads(), "the upload is aborted");
      faulty.mend();
      world.fire(0);
      assertEquals(2, world.bucket.keys().size());
      assertEquals(3_000, world.text(world.onlySnapshot()).lines().count());
    }
  }

  @Test
  void aListingThatFailsFailsNoBackup() {
    FaultyBucket faulty = new FaultyBucket("list", 0);
    BackupSettings settings = BackupSettings.into("BACKUPS").at(BackupWorld.CRON).retain(1);
    try (BackupWorld world = new BackupWorld(settings, faulty::around)) {
      world.fire(0);
      world.fire(1);
      assertEquals(4, world.bucket.keys().size());
      faulty.mend();
      world.fire(2);
      assertEquals(2, world.bucket.keys().size(), "what was left is pruned by the next");
    }
  }

  @Test
  void twoBackupsAtOnceAreBothWhole() {
    try (BackupWorld world = new BackupWorld()) {
      world.send("__root__", "first");
      ShardSnapshot other = ShardSnapshot.begin(world.shards, "__root__", "other", List.of());
      world.send("__root__", "second");
      world.fire(0);
      assertEquals(2, world.text(world.onlySnapshot()).lines().count());
      assertEquals(1, String.valueOf(other.next()).lines().count());
    }
  }

  @Test
  void anImportOntoRowsIsRefusedWholeUnlessItReplacesThem() {
    try (BackupWorld world = new BackupWorld()) {
      world.send("__root__", "there");
      var before = world.rows("__root__");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"n\",\"value\":1}}";
      world.ask("POST", "import?mode=empty&stage=s", line);
      HttpResponse refused = world.admin("POST", "import/commit", "{\"session\":\"s\"}");
      assertEquals(409, refused.status());
      assertEquals(before, world.rows("__root__"));
      assertEquals("{\"aborted\":true}", world.ask("POST", "import/abort", "{\"session\":\"s\"}"));
    }
  }

  @Test
  void rowsThatBreakAUniqueIndexLeaveEverythingAsItWas() {
    try (BackupWorld world = new BackupWorld()) {
      world.run("__root__", "counters:add", "{\"name\":\"n\",\"by\":1}");
      var before = world.rows("__root__");
      String twice =
          "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"m\",\"value\":1}}\n"
              + "{\"table\":\"counters\",\"doc\":{\"_id\":\"d\",\"name\":\"m\",\"value\":2}}";
      assertEquals(409, world.admin("POST", "import?mode=replace", twice).status());
      assertEquals(before, world.rows("__root__"));
    }
  }

  @Test
  void aShardThatDiesWithAStagedImportKeepsItsRowsAndTheStage() {
    try (BackupWorld world = new BackupWorld()) {
      world.run("b", "counters:add", "{\"name\":\"n\",\"by\":1}");
      var before = world.rows("b");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"m\",\"value\":1}}";
      world.ask("POST", "import?mode=replace&stage=s&shard=b", line);
      world.shards.shard("b").restart();
      assertEquals(before, world.rows("b"));
      HttpResponse other = world.admin("POST", "import?mode=replace&stage=t&shard=b", line);
      assertEquals(207, other.status(), "one import at a time");
      world.ask("POST", "import/commit", "{\"session\":\"s\",\"shards\":[\"b\"]}");
      assertEquals(List.of("counters/c"), List.copyOf(world.rows("b").keySet()));
      world.run("b", "counters:add", "{\"name\":\"m\",\"by\":1}");
      assertTrue(
          String.valueOf(world.rows("b").get("counters/c")).contains("\"value\":2"),
          "it is a row as any");
    }
  }

  @Test
  void aCommitThatIsSentAgainLeavesTheShardsThatAreDone() {
    try (BackupWorld world = new BackupWorld()) {
      world.run("a", "counters:add", "{\"name\":\"n\",\"by\":1}");
      world.run("b", "counters:add", "{\"name\":\"n\",\"by\":1}");
      var before = world.rows("b");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"%s\",\"name\":\"m\",\"value\":1}}";
      world.ask("POST", "import?mode=replace&stage=s&shard=a", line.formatted("c"));
      String clash = line.formatted("c") + "\n" + line.formatted("d");
      world.ask("POST", "import?mode=replace&stage=s&shard=b", clash);
      for (int i = 0; i < 2; i++) {
        assertEquals(502, world.admin("POST", "import/commit", "{\"session\":\"s\"}").status());
        assertEquals(List.of("counters/c"), List.copyOf(world.rows("a").keySet()));
        assertEquals(before, world.rows("b"));
      }
      HttpResponse late =
          world.admin("POST", "import?mode=replace&stage=s&shard=a", line.formatted("e"));
      assertEquals(207, late.status(), "what is committed takes no more rows");
    }
  }

  /** The shards, but the first answer to a commit does not come back. */
  private static ShardNamespace lossy(ShardNamespace shards) {
    AtomicBoolean lost = new AtomicBoolean();
    return (ShardNamespace)
        Proxy.newProxyInstance(
            ShardNamespace.class.getClassLoader(),
            new Class<?>[] {ShardNamespace.class},
            (proxy, method, args) -> {
              Object answer = method.invoke(shards, args);
              boolean commit = Arrays.asList(args).contains(BulkRequests.IMPORT_COMMIT);
              if (commit && !lost.getAndSet(true)) {
                throw new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "the answer is lost");
              }
              return answer;
            });
  }

  @Test
  void aCommitWhoseFirstAnswerIsLostIsNotToldAsRefused() {
    try (BackupWorld world = new BackupWorld()) {
      world.run("a", "counters:add", "{\"name\":\"n\",\"by\":1}");
      world.run("b", "counters:add", "{\"name\":\"n\",\"by\":1}");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"m\",\"value\":1}}";
      world.ask("POST", "import?mode=replace&stage=s&shard=b", line);
      world.host.bind(lossy(world.shards));
      String commit = "{\"session\":\"s\"}";
      HttpResponse.Json answer = (HttpResponse.Json) world.admin("POST", "import/commit", commit);
      assertEquals(502, answer.status(), "some shard has committed perhaps");
      assertTrue(answer.body().toString().contains("SHARD_HTTP_ERROR"), answer.body().toString());
      world.ask("POST", "import/commit", commit);
      assertEquals(List.of(), List.copyOf(world.rows("a").keySet()));
      assertEquals(List.of("counters/c"), List.copyOf(world.rows("b").keySet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"mode\":7", "\"to\":{\"b\":7}"})
  void aCommitThatIsAskedForInAnotherWayIsRefused(String field) {
    try (BackupWorld world = new BackupWorld()) {
      world.run("b", "counters:add", "{\"name\":\"n\",\"by\":1}");
      var before = world.rows("b");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"m\",\"value\":1}}";
      world.ask("POST", "import?mode=replace&stage=s&shard=b", line);
      String commit = "{\"session\":\"s\"," + field + "}";
      HttpResponse answer = world.admin("POST", "import/commit", commit);
      assertEquals(400, answer.status());
      assertEquals(before, world.rows("b"));
    }
  }

  @Test
  void aCommitIsRefusedWhileAnyShardHasAnotherImport() {
    try (BackupWorld world = new BackupWorld()) {
      world.run("a", "counters:add", "{\"name\":\"n\",\"by\":1}");
      world.run("b", "counters:add", "{\"name\":\"n\",\"by\":1}");
      var before = world.rows("a");
      String line = "{\"table\":\"counters\",\"doc\":{\"_id\":\"c\",\"name\":\"m\",\"value\":1}}";
      world.ask("POST", "import?mode=replace&stage=s&shard=a", line);
      world.ask("POST", "import?mode=replace&stage=t&shard=b", line);
      HttpResponse refused = world.admin("POST", "import/commit", "{\"session\":\"s\"}");
      assertEquals(409, refused.status());
      assertEquals(before, world.rows("a"), "nothing has changed anywhere");
    }
  }

  @Test
  void badLinesAreToldByTheirNumbers() {
    try (BackupWorld world = new BackupWorld()) {
      String report =
          world.ask(
              "POST",
              "import",
              "no json\n\n{\"table\":\"none\",\"doc\":{}}\n{\"table\":\"counters\",\"doc\":{\"name\":1}}\n"
                  + "{\"table\":\"counters\",\"doc\":{\"name\":\"n\",\"value\":1}}");
      assertTrue(report.startsWith("{\"received\":4,\"inserted\":{\"counters\":1}"), report);
      for (int line : new int[] {1, 3, 4}) {
        assertTrue(report.contains("{\"code\":\"BAD_ROW\",\"line\":" + line + ","), report);
      }
    }
  }
}
