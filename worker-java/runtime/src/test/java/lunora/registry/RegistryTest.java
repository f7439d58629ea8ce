package lunora.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import lunora.host.local.LogSink;
import lunora.shard.ShardActor;
import lunora.testkit.FakeBindings;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard that holds rows of a sharded table is listed, whatever breaks, and not for each row. */
class RegistryTest {

  private final RegistryWorld world = new RegistryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFirstWriteListsTheShardAndLaterOnesAreCountedTogether() {
    world.add(1);
    assertEquals("room=1", world.listed());

    world.add(9);
    assertEquals("room=1", world.listed(), "not once for each write");
    world.pass(ShardUse.TELL_EVERY_MS);

    assertEquals("room=10", world.listed());
    world.pass(10_000);
    assertTrue(world.host.alarm().scheduledMs().isEmpty(), "nothing is left to be told");
  }

  @Test
  void aWriteCostsNoRowOfItsOwn() {
    world.add(2);
    world.host.sql().resetStatements();

    world.add(10);

    assertFalse(
        world.host.sql().statements().stream()
            .anyMatch(sql -> sql.contains("outbox") || sql.contains("shard_use")),
        world.host.sql().statements()::toString);
  }

  @Test
  void tablesThatAreNotShardedAreToldOfBeyondTheDefaultShard() {
    world.run("drafts:add", "{}");

    assertEquals("room=1", world.listed(), "a backup must find them");
  }

  @Test
  void aMutationThatFailsListsNothing() {
    world.run("posts:fail", "{}");
    world.pass(ShardUse.TELL_EVERY_MS);
    assertEquals("", world.listed());

    world.add(1);
    world.run("posts:fail", "{}");
    world.add(1);
    world.pass(ShardUse.TELL_EVERY_MS);

    assertEquals("room=2", world.listed());
  }

  @Test
  void aShardThatHeldRowsStaysListed() {
    String id = world.add(1);
    world.run("posts:remove", "{\"id\":\"" + id + "\"}");
    world.pass(ShardUse.TELL_EVERY_MS);

    assertEquals("room=0", world.listed());
  }

  @Test
  void aCrashBetweenTheCommitAndTheReportLosesNothing() {
    world.shard.fetchThenEvict(RegistryWorld.call("posts:add", "{}"));
    world.shard.restart();
    assertEquals("", world.listed());

    world.pass(10_000);

    assertEquals("room=1", world.listed());
  }

  @Test
  void aRegistryThatCannotBeReachedHearsOfItLater() {
    world.registries.cutOff(RegistryClient.INSTANCE);
    world.add(3);
    world.pass(3_000);
    world.registries.reconnect(RegistryClient.INSTANCE);
    assertEquals("", world.listed());

    world.pass(60_000);

    assertEquals("room=3", world.listed());
  }

  @Test
  void aShardThatSleepsBetweenItsWritesTellsNoMoreThanOneThatIsAwake() {
    world.add(1);
    for (int i = 0; i < 5; i++) {
      world.shard.hibernate();
      world.add(1);
      world.pass(5_000);
    }

    assertEquals("room=1", world.listed());
    world.pass(60_000);
    assertEquals("room=6", world.listed());
  }

  @Test
  void theRowsAreRightWhateverComesBetween() {
    Random random = new Random(7);
    int rows = 0;
    String last = "";
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(8)) {
        case 0 -> world.shard.restart();
        case 1 -> world.pass(random.nextInt(90_000));
        case 2 -> world.run("posts:fail", "{}");
        case 3 -> {
          if (!last.isEmpty()) {
            world.run("posts:remove", "{\"id\":\"" + last + "\"}");
            last = "";
            rows--;
          }
        }
        case 4 -> {
          world.shard.fetchThenEvict(RegistryWorld.call("posts:add", "{}"));
          rows++;
        }
        default -> {
          last = world.add(1);
          rows++;
        }
      }
    }
    world.pass(120_000);
    world.pass(120_000);

    assertEquals("room=" + rows, world.listed());
  }

  @Test
  void withoutABindingWritesGoOnAndALineSaysSo() {
    try (FakeShardHost host =
        FakeShardHost.inMemory("alone", world.clock, new FakeFetcher(), new FakeBindings())) {
      FakeShard alone =
          new FakeShard(
              host, (woken, background) -> new ShardActor(woken, background, RegistryWorld.APP));
      alone.fetch(RegistryWorld.call("posts:add", "{}"));
      alone.fetch(RegistryWorld.call("posts:add", "{}"));

      assertEquals(1, host.log().lines(LogSink.Level.WARN).size());
    }
  }

  @Test
  void theRegistryAnswersByTheProtocolsPaths() {
    world.ask(post("/register", "{\"table\":\"posts\",\"shardKey\":\"b\"}"));
    world.ask(
        post("/register", "{\"table\":\"posts\",\"shardKey\":\"a\",\"rows\":2,\"usedAt\":5}"));
    world.ask(post("/register", "{\"table\":\"posts\",\"shardKey\":\"a\"}"));
    world.ask(post("/register", "{\"table\":\"other\",\"shardKey\":\"c\"}"));

    FakeHttpRequest list = FakeHttpRequest.get("https://registry/list?table=posts");
    assertEquals("{\"shardKeys\":[\"a\",\"b\"]}", world.ask(list));
    assertEquals("c=null a=2 b=null", world.listed());
    world.ask(post("/unregister", "{\"table\":\"posts\",\"shardKey\":\"a\"}"));
    assertEquals("{\"shardKeys\":[\"b\"]}", world.ask(list));
    for (String body : new String[] {"{}", "[]", "nonsense", "{\"table\":1,\"shardKey\":\"a\"}"}) {
      String refusal = world.ask(post("/register", body));
      assertTrue(refusal.contains("\"INVALID_INPUT\""), refusal);
    }
    assertTrue(world.ask(FakeHttpRequest.get("https://registry/register")).contains("NOT_FOUND"));
    assertTrue(world.ask(post("/other", "{}")).contains("NOT_FOUND"));
  }

  private static FakeHttpRequest post(String path, String body) {
    return FakeHttpRequest.post("https://registry" + path, body);
  }
}
