package lunora.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import lunora.registry.RegistryClient;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A migration reaches every row that was there, once, in every shard, whatever breaks. */
class MigrationsTest {

  private final MigrationWorld world = new MigrationWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void grown(int rows, int batchRows, String... shardKeys) {
    world.deploy(MigrationWorld.BEFORE);
    for (String shardKey : shardKeys) {
      for (int i = 0; i < rows; i++) {
        world.add(shardKey, "old" + i);
      }
    }
    world.deploy(MigrationWorld.after(batchRows));
  }

  private String run(String more) {
    JsonWriter text = new JsonWriter();
    Json.write(world.fetch("migrate", "{\"id\":\"" + MigrationWorld.ID + "\"" + more + "}"), text);
    return text.finish().toString();
  }

  @Test
  void itGoesThroughEveryShardWithoutACaller() {
    grown(7, 3, "__root__", "a", "b");
    world.add("a", "new");
    world.add("b", "new");
    world.pass(100);
    assertEquals("pending", world.status(MigrationWorld.ID));

    String answer = run("");
    assertEquals(
        "{\"id\":\"2026-11-times\",\"direction\":\"up\",\"dryRun\":false,\"status\":\"running\","
            + "\"shards\":[\"a\",\"b\",\"__root__\"]}",
        answer);
    world.pass(500);

    assertEquals("done __root__=done/7 a=done/8 b=done/8", world.status(MigrationWorld.ID));
    assertEquals("1111111", world.times("__root__"));
    assertEquals("11111111", world.times("a"));
    run("");
    world.pass(500);
    assertEquals("1111111", world.times("__root__"), "what is done is not done again");
  }

  @Test
  void aRollbackUndoesItAndItCanRunAgain() {
    grown(5, 2, "__root__");
    run("");
    world.pass(500);
    run(",\"direction\":\"down\"");
    world.pass(500);

    assertEquals("00000", world.times("__root__"));
    assertEquals("pending __root__=pending/5", world.status(MigrationWorld.ID));
    run("");
    world.pass(500);
    assertEquals("11111", world.times("__root__"));
  }

  @Test
  void aRollbackOfWhatNeverRanEnds() {
    grown(2, 2, "__root__");
    run(",\"direction\":\"down\"");
    world.pass(500);

    assertEquals("pending __root__=pending/0", world.status(MigrationWorld.ID));
  }

  @Test
  void whatCannotBeRolledBackSaysSo() {
    grown(1, 1, "__root__");
    Value.Obj answer =
        world.fetch(
            "migrate", "{\"id\":\"" + MigrationWorld.ONE_WAY + "\",\"direction\":\"down\"}");
    assertTrue(answer.toString().contains("cannot be rolled back"), answer.toString());
    assertTrue(world.fetch("migrate", "{}").toString().contains("MIGRATION_ID_REQUIRED"));
    assertTrue(
        world.fetch("migrate", "{\"id\":\"other\"}").toString().contains("MIGRATION_NOT_FOUND"));
    assertTrue(run(",\"direction\":\"left\"").contains("INVALID_INPUT"));
  }

  @Test
  void aDryRunSaysWhatWouldBeAndLeavesNothing() {
    grown(5, 2, "__root__");
    String tried = run(",\"dryRun\":true");
    assertTrue(tried.contains("\"processed\":5,\"changed\":5"), tried);
    assertEquals("-----", world.times("__root__"));
    assertEquals("pending", world.status(MigrationWorld.ID));

    world.add("__root__", "bad");
    String failed = run(",\"dryRun\":true");
    assertTrue(failed.contains("\"status\":\"failed\""), failed);
    assertTrue(failed.contains("this one cannot be"), failed);
    assertEquals("------", world.times("__root__"));
  }

  @Test
  void aRowThatFailsStopsItThereAndItGoesOnOnceThatIsMended() {
    world.deploy(MigrationWorld.BEFORE);
    for (String name : new String[] {"x", "x", "x", "bad", "x"}) {
      world.add("__root__", name);
    }
    world.deploy(MigrationWorld.after(2));
    run("");
    world.pass(500);

    assertEquals("failed __root__=failed/2", world.status(MigrationWorld.ID));
    assertEquals("11---", world.times("__root__"), "the batch of the bad row is undone whole");
    world
        .shards
        .shard("__root__")
        .host()
        .sql()
        .execute("UPDATE things SET _doc = json_set(_doc, '$.name', 'good') WHERE _seq = 4");
    run("");
    world.pass(500);
    assertEquals("11111", world.times("__root__"));
    assertEquals("done __root__=done/5", world.status(MigrationWorld.ID));
  }

  @Test
  void aRollbackOfOneThatFailedUndoesWhatItDid() {
    world.deploy(MigrationWorld.BEFORE);
    for (String name : new String[] {"x", "x", "x", "bad", "x"}) {
      world.add("__root__", name);
    }
    world.deploy(MigrationWorld.after(2));
    run("");
    world.pass(500);
    run(",\"direction\":\"down\"");
    world.pass(500);

    assertEquals("00---", world.times("__root__"));
  }

  @Test
  void aShardBornLaterNeedsNothing() {
    grown(2, 1, "__root__");
    run("");
    world.pass(500);
    world.add("late", "new");
    world.pass(2_000);

    assertEquals("-", world.times("late"));
    assertEquals("done __root__=done/2 late=done/0", world.status(MigrationWorld.ID));
  }

  @Test
  void aShardThatSleptThroughItHearsOfItWhenItWakes() {
    world.deploy(MigrationWorld.BEFORE);
    world.registries.cutOff(RegistryClient.INSTANCE);
    world.add("idle", "old");
    world.shards.shard("idle").host().sql().execute("DELETE FROM __lunora_outbox");
    world.registries.reconnect(RegistryClient.INSTANCE);
    world.deploy(MigrationWorld.after(10));
    world.add("__root__", "new");
    run("");
    world.pass(500);
    assertEquals("done __root__=done/0", world.status(MigrationWorld.ID));

    world.fetch(
        "rpc",
        "{\"functionPath\":\"__lunora_admin__:migrationStatus\",\"args\":{},\"shardKey\":\"idle\"}");
    // It tried to report when the row came; the next report is made a minute later.
    world.pass(62_000);

    assertEquals("1", world.times("idle"));
  }

  @Test
  void aShardOutOfReachIsToldLater() {
    grown(3, 2, "__root__");
    world.shards.cutOff("__root__");
    run("");
    world.pass(3_000);
    assertEquals("running __root__=ordered/0", world.status(MigrationWorld.ID));
    world.shards.reconnect("__root__");
    world.pass(10_000);
    assertEquals("111", world.times("__root__"));
  }

  @Test
  void anOrderThatWasTakenBackIsNotCarriedOutLater() {
    grown(3, 2, "__root__");
    world.shards.cutOff("__root__");
    run("");
    world.pass(1_500);
    run(",\"direction\":\"down\"");
    world.pass(2_500);
    // The rollback is tried again before the order that it takes back.
    world.shards.reconnect("__root__");
    world.pass(60_000);
    assertEquals("---", world.times("__root__"));
    assertEquals("pending __root__=pending/0", world.status(MigrationWorld.ID));
  }

  @Test
  void everyRowOnceWhereverItCrashes() {
    Random random = new Random(11);
    for (int history = 0; history < 60; history++) {
      try (MigrationWorld crashing = new MigrationWorld()) {
        history(crashing, random);
      }
    }
  }

  private static void history(MigrationWorld world, Random random) {
    world.deploy(MigrationWorld.BEFORE);
    int old = random.nextInt(12);
    for (int i = 0; i < old; i++) {
      world.add("__root__", "old" + i);
    }
    world.deploy(MigrationWorld.after(1 + random.nextInt(4)));
    world.fetch("migrate", "{\"id\":\"" + MigrationWorld.ID + "\"}");
    int added = 0;
    for (int step = 0; step < 12; step++) {
      CrashingSql sql = world.databases.get("__root__");
      if (sql != null && random.nextBoolean()) {
        sql.dieBefore(random.nextInt(40));
      }
      world.pass(10L * random.nextInt(5));
      world.restart();
      if (random.nextInt(4) == 0) {
        world.add("__root__", "new");
        added++;
      }
    }
    world.pass(60_000);
    String times = world.times("__root__");
    assertEquals(old + added, times.length());
    assertEquals("1".repeat(old), times.substring(0, old), "each old row once");
    assertFalse(times.contains("2"), times);
    String status = world.status(MigrationWorld.ID);
    assertTrue(status.startsWith("done __root__=done/"), status);
  }
}
