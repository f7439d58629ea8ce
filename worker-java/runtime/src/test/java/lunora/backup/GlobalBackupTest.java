package lunora.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.host.inbound.HttpResponse;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.testkit.FakeGlobalDatabase;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Global tables in snapshots, exports and imports. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
class GlobalBackupTest {

  record Member(String name, double age) {}

  private static final Field<Member, String> NAME = Field.of("name", Codecs.STRING, Member::name);
  private static final Field<Member, Double> AGE = Field.of("age", Codecs.DOUBLE, Member::age);
  private static final Table<Member> MEMBERS =
      Table.<Member>named("members")
          .field(NAME)
          .field(AGE)
          .index(Index.unique("by_name", NAME))
          .index(Index.on("by_age", AGE))
          .global()
          .construct(row -> new Member(row.get(NAME), row.get(AGE)));

  private static final Param<String> P_NAME = Param.of("name", Codecs.STRING);
  private static final Param<Double> P_AGE = Param.of("age", Codecs.DOUBLE);
  private static final FunctionDescriptor.OfGlobalMutation<@Nullable Void> PUT =
      FunctionDescriptor.named("members:put")
          .param(P_NAME)
          .param(P_AGE)
          .globalMutation(
              (ctx, args) -> {
                ctx.table(MEMBERS).insert(new Member(args.get(P_NAME), args.get(P_AGE)));
                return null;
              });

  private final FakeGlobalDatabase database = new FakeGlobalDatabase();
  private final BackupWorld world =
      new BackupWorld(
          AppModule.create()
              .table(TestApp.MESSAGES)
              .mutation(TestApp.SEND)
              .table(MEMBERS)
              .globalMutation(PUT)
              .build(),
          BackupSettings.into("BACKUPS").at(BackupWorld.CRON),
          bucket -> bucket);

  GlobalBackupTest() {
    TableLayout.statements(MEMBERS)
        .forEach(sql -> database.start(FakeGlobalDatabase.Start.PRIMARY).execute(sql));
    world.host.bind("DB", database);
  }

  @AfterEach
  void close() {
    world.close();
    database.close();
  }

  private void put(String name, double age) {
    world.run("__root__", "members:put", "{\"name\":\"" + name + "\",\"age\":" + age + "}");
  }

  /** All rows with their keys, as the database has them. */
  private String rows() {
    var found =
        database
            .primary()
            .query(
                "SELECT \"_id\" || ' ' || \"_creationTime\" || ' ' || \"_doc\" || ' ' || \"name\""
                    + " || ' ' || \"age\" || typeof(\"age\") FROM members ORDER BY \"_seq\"");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      text.append(found.text(i, 0)).append('\n');
    }
    return text.toString();
  }

  private String export(String body) {
    return world.ask("POST", "export", body);
  }

  private String refused(String method, String path, String body, int status) {
    HttpResponse answer = world.admin(method, path, body);
    assertEquals(status, answer.status(), String.valueOf(answer));
    return ((HttpResponse.Json) answer).body().toString();
  }

  @Test
  void aSnapshotEndsInTheGlobalTablesAndItsManifestSaysHowManyRowsTheyHave() {
    world.send("__root__", "hello");
    world.send("b", "there");
    put("ann", 30);
    put("bob", 31.5);
    world.fire(0);

    String key = world.onlySnapshot();
    List<String> lines = world.text(key).lines().toList();
    assertEquals(4, lines.size());
    assertTrue(
        lines.get(2).endsWith("\"name\":\"ann\",\"age\":30},\"table\":\"members\"}"), lines.get(2));
    String manifest = world.text(key + ".manifest.json");
    assertTrue(manifest.contains("\"rows\": 4,"), manifest);
    assertTrue(manifest.contains("\"global\": { \"rows\": 2, \"bookmark\": \"0000"), manifest);
    assertEquals(2, world.parts(key).size());
  }

  @Test
  void someTablesAreExportedAlone() {
    world.send("__root__", "hello");
    put("ann", 30);
    assertEquals(1, export("{\"tables\":[\"members\"]}").lines().count());
    assertTrue(export("{\"tables\":[\"messages\"]}").contains("hello"));
    assertEquals(1, export("{\"tables\":[\"messages\"]}").lines().count());
    assertEquals(2, export("").lines().count());
  }

  @Test
  void withoutADatabaseThereIsNothingOfIt() {
    BackupWorld alone =
        new BackupWorld(
            AppModule.create().table(MEMBERS).globalMutation(PUT).build(),
            BackupSettings.into("BACKUPS").at(BackupWorld.CRON),
            bucket -> bucket);
    alone.fire(0);
    assertTrue(!alone.text(alone.onlySnapshot() + ".manifest.json").contains("global"));
    String report = alone.ask("POST", "import", "{\"table\":\"members\",\"doc\":{}}");
    assertTrue(report.contains("\"code\":\"GLOBAL_NOT_CONFIGURED\",\"line\":1"), report);
    alone.close();
  }

  @Test
  void aTableWhoseMigrationWasNotAppliedHasNoRowsAndTakesNone() {
    database.start(FakeGlobalDatabase.Start.PRIMARY).execute("DROP TABLE members");
    world.send("__root__", "hello");
    world.fire(0);
    assertEquals(1, world.text(world.onlySnapshot()).lines().count());
    String line = "{\"table\":\"members\",\"doc\":{\"name\":\"ann\",\"age\":1}}";
    assertTrue(refused("POST", "import", line, 207).contains("has not been made"));
    world.ask("POST", "import?mode=empty&stage=s", line);
    assertTrue(
        refused("POST", "import/commit", "{\"session\":\"s\"}", 400)
            .contains("GLOBAL_NOT_CONFIGURED"));
    world.ask("POST", "import/abort", "{\"session\":\"s\"}");
    world.ask("POST", "import?mode=replace&stage=n&global=true", " ");
    String none = world.ask("POST", "import/commit", "{\"session\":\"n\",\"shards\":[]}");
    assertTrue(none.contains("\"committed\":true"), none);
  }

  @Property(tries = 30)
  void whatIsRestoredIsWhatWasThere(@ForAll long seed) {
    GlobalBackupTest fresh = new GlobalBackupTest();
    fresh.isRestored(seed);
    fresh.close();
  }

  private void isRestored(long seed) {
    Random random = new Random(seed);
    int count = random.nextInt(120);
    for (int i = 0; i < count; i++) {
      double age = random.nextInt(3) == 0 ? random.nextInt(9) : random.nextDouble() * 1e9;
      put("\u00e9\\\"\ud83d\ude00 " + i, age);
    }
    String then = rows();
    String lines = export("");
    for (int i = 0; i < 10; i++) {
      put("later " + i, i);
    }
    String begin = "import?mode=replace&stage=s&global=true";
    int half = lines.indexOf('\n', lines.length() / 2) + 1;
    world.ask("POST", begin, lines.substring(0, half) + " ");
    world.ask("POST", begin, lines.substring(half) + " ");
    world.ask("POST", "import/commit", "{\"session\":\"s\",\"shards\":[]}");
    assertEquals(then, rows());
    assertEquals(lines, export(""));
    assertEquals(
        0,
        database
            .primary()
            .query("SELECT 1 FROM sqlite_master WHERE name LIKE '__lunora_stage%'")
            .size());
  }

  @Test
  void aRestoreOntoRowsIsRefusedUnlessItIsToldToReplaceOrToAppend() {
    put("ann", 30);
    String lines = export("");
    String before = rows();
    world.ask("POST", "import?mode=empty&stage=s", lines);
    String told = refused("POST", "import/commit", "{\"session\":\"s\"}", 409);
    assertTrue(told.contains("the global table members has rows"), told);
    String dry =
        world.ask(
            "POST", "import/commit", "{\"session\":\"s\",\"mode\":\"append\",\"dryRun\":true}");
    assertTrue(dry.contains("\"committed\":false"), dry);
    String done = world.ask("POST", "import/commit", "{\"session\":\"s\",\"mode\":\"append\"}");
    assertTrue(done.contains("\"inserted\":{},\"conflicts\":1"), done);
    assertEquals(before, rows());
  }

  @Test
  void aCommitThatIsSentAgainIsAnsweredAsItWasForADay() {
    put("ann", 30);
    put("bob", 31);
    String lines = export("") + "{\"table\":\"members\",\"doc\":{\"name\":\"carl\",\"age\":1}}";
    world.ask("POST", "import?mode=replace&stage=s", lines);
    String commit = "{\"session\":\"s\"}";
    String done = world.ask("POST", "import/commit", commit);
    assertTrue(done.contains("\"inserted\":{\"members\":3}"), done);
    assertTrue(done.contains("\"deleted\":2"), done);
    put("eve", 1);
    String rows = rows();

    assertEquals(done, world.ask("POST", "import/commit", commit));
    assertTrue(refused("POST", "import?mode=replace&stage=s", lines, 207).contains("committed"));
    assertEquals(done, world.ask("POST", "import/commit", commit));
    world.host.clock().advance(86_399_999);
    world.clock.advance(86_399_999);
    assertEquals(done, world.ask("POST", "import/commit", commit));
    assertEquals(rows, rows());
    world.host.clock().advance(1);
    world.clock.advance(1);
    refused("POST", "import/commit", "{\"session\":\"s\"}", 404);
  }

  @Test
  void anImportThatBreaksAUniqueIndexChangesNothing() {
    put("ann", 30);
    String before = rows();
    String two =
        "{\"table\":\"members\",\"doc\":{\"name\":\"carl\",\"age\":1}}\n"
            + "{\"table\":\"members\",\"doc\":{\"name\":\"ann\",\"age\":2}}";
    assertTrue(refused("POST", "import", two, 207).contains("unique index"));
    assertEquals(before, rows());
    world.ask("POST", "import?mode=append&stage=s", two);
    assertTrue(refused("POST", "import/commit", "{\"session\":\"s\"}", 409).contains("unique"));
    assertEquals(before, rows());
    assertTrue(world.ask("POST", "import/abort", "{\"session\":\"s\"}").contains("true"));
    assertTrue(world.ask("POST", "import/abort", "{\"session\":\"s\"}").contains("false"));
  }

  @Test
  void linesAreTakenOneByOneAndBadOnesNamed() {
    String lines =
        "{\"table\":\"members\",\"doc\":{\"_id\":\"m1\",\"name\":\"ann\",\"age\":1}}\n\n"
            + "{\"table\":\"members\",\"doc\":{\"name\":7,\"age\":1}}\n"
            + "{\"table\":\"messages\",\"doc\":{\"channel\":\"c\",\"author\":\"a\",\"body\":\"b\"}}";
    String report = world.ask("POST", "import", lines);
    assertTrue(
        report.startsWith("{\"received\":3,\"inserted\":{\"messages\":1,\"members\":1},"), report);
    assertTrue(report.contains("\"code\":\"BAD_ROW\",\"line\":3"), report);
    String again = world.ask("POST", "import", lines.lines().findFirst().orElseThrow());
    assertTrue(again.contains("\"inserted\":{},\"conflicts\":1"), again);
    String all =
        world.ask(
            "POST",
            "import?mode=replace",
            "{\"table\":\"members\",\"doc\":{\"name\":\"eve\",\"age\":1}}");
    assertTrue(all.contains("\"inserted\":{\"members\":1}") && all.contains("\"deleted\":1"), all);
    assertEquals(2, export("").lines().count());
  }

  @Test
  void anotherImportIsRefusedForAnHour() {
    String line = "{\"table\":\"members\",\"doc\":{\"name\":\"eve\",\"age\":1}}";
    world.ask("POST", "import?mode=append&stage=one", line);
    assertTrue(refused("POST", "import?mode=append&stage=two", line, 207).contains("under way"));
    world.host.clock().advance(3_600_000);
    world.ask("POST", "import?mode=append&stage=two", line);
    refused("POST", "import/commit", "{\"session\":\"one\"}", 404);
    String done = world.ask("POST", "import/commit", "{\"session\":\"two\"}");
    assertTrue(done.contains("\"members\":1"), done);
  }
}
