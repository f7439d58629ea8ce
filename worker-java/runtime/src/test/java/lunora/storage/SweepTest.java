package lunora.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.error.LunoraException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written down of files, and what the sweep deletes. */
class SweepTest {

  private final SweepWorld world = new SweepWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private static void assertSays(String counts, String... parts) {
    for (String part : parts) {
      assertTrue(counts.contains(part), () -> part + " in " + counts);
    }
  }

  private void late() {
    world.clock.advance(2 * SweepWorld.DAY_MS);
  }

  @Test
  void anUploadIsAwaitedAndThenStoredAndForgottenWithItsObject() {
    String url = world.announce("a", 60);
    assertEquals(List.of("a awaited"), world.files());
    world.upload(url);
    assertEquals(List.of("a stored"), world.files());
    world.remove("a");
    assertEquals(List.of(), world.files());
    assertEquals(List.of(), world.bucket.keys());
  }

  @Test
  void onlyWhatNothingNamesGoes() {
    world.upload(world.announce("stored", 60));
    world.put("orphan");
    world.put("referenced");
    world.referenced.add("referenced");
    late();
    world.put("young");
    assertSays(
        world.sweep(),
        "\"listed\":4,\"young\":1,\"named\":1,\"referenced\":1",
        "\"orphans\":1,\"deleted\":1",
        "\"more\":false");
    assertEquals(List.of("referenced", "stored", "young"), world.bucket.keys());
    assertEquals(List.of("stored stored"), world.files());
  }

  @Test
  void anUploadThatArrivesAfterItsRemovalGoes() {
    String url = world.announce("a", 60);
    world.remove("a");
    world.upload(url);
    assertEquals(List.of("a"), world.bucket.keys());
    late();
    world.sweep();
    assertEquals(List.of(), world.bucket.keys());
  }

  @Test
  void aDryRunCountsAndChangesNothing() {
    world.announce("never", 60);
    world.put("orphan");
    late();
    assertSays(
        world.sweep(SweepWorld.SETTINGS.dryRun(true)),
        "\"orphans\":1,\"deleted\":0",
        "\"expired\":0");
    assertEquals(List.of("orphan"), world.bucket.keys());
    assertEquals(List.of("never awaited"), world.files());
  }

  @Test
  void whatCameStraightToR2IsConfirmedAndWhatNeverCameExpires() {
    world.announce("came", 60);
    world.announce("asked", 60);
    world.announce("never", 60);
    world.put("came");
    world.put("asked");
    world.storage().head("asked");
    world.clock.advance(SweepWorld.DAY_MS);
    assertSays(world.sweep(), "\"confirmed\":0,\"expired\":0");
    world.clock.advance(SweepWorld.HOUR_MS);
    assertSays(world.sweep(), "\"confirmed\":1,\"expired\":1", "\"deleted\":0");
    assertEquals(List.of("asked stored", "came stored"), world.files());
    assertEquals(List.of("asked", "came"), world.bucket.keys());
  }

  @Test
  void anUploadThatCouldNotBeConfirmedIsByTheSweep() {
    String url = world.announce("a", 60);
    world.callsUntil = 1;
    world.event =
        () -> {
          throw new IllegalStateException("the registry is away");
        };
    assertTrue(world.upload(url));
    assertEquals(List.of("a awaited"), world.files());
    late();
    world.sweep();
    assertEquals(List.of("a stored"), world.files());
  }

  @Test
  void aRunDeletesSoManyAndTheNextOnesTheRest() {
    for (int i = 0; i < 25; i++) {
      world.put("orphan/" + i);
    }
    late();
    SweepSettings ten = SweepWorld.SETTINGS.deletesMax(10);
    assertSays(world.sweep(ten), "\"deleted\":10", "\"more\":true");
    assertSays(world.sweep(ten), "\"deleted\":10", "\"more\":true");
    assertSays(world.sweep(ten), "\"deleted\":5", "\"more\":false");
    assertEquals(List.of(), world.bucket.keys());
  }

  @Test
  void manyPagesAreLookedAt() {
    for (int i = 0; i < 2_345; i++) {
      world.put("kept/" + i);
      world.referenced.add("kept/" + i);
    }
    world.put("orphan");
    late();
    assertSays(world.sweep(), "\"listed\":2346", "\"referenced\":2345", "\"deleted\":1");
  }

  @Test
  void whatIsOlderThanTheRowsIsNoOrphan() {
    try (SweepWorld fresh = new SweepWorld()) {
      fresh.clock.set(fresh.clock.nowMs() - 4 * SweepWorld.DAY_MS);
      fresh.put("old");
      fresh.clock.advance(30 * SweepWorld.DAY_MS);
      assertSays(fresh.sweep(), "\"young\":1", "\"deleted\":0");
      assertEquals(List.of("old"), fresh.bucket.keys());
    }
  }

  @Test
  void whatIsBeingDeletedCannotBeAnnounced() {
    world.put("a");
    late();
    String[] refusal = {""};
    // begin, overdue, list, unnamed, the app's rows, list, delete
    world.callsUntil = 6;
    world.event =
        () ->
            refusal[0] = assertThrows(LunoraException.class, () -> world.announce("a", 60)).code();
    world.sweep();
    assertEquals("CONFLICT", refusal[0]);
    assertEquals(List.of(), world.bucket.keys());
    world.upload(world.announce("a", 60));
    assertEquals(List.of("a stored"), world.files());
  }

  @Test
  void whatIsBeingDeletedStaysSoWhenTheAppDeletesItToo() {
    world.put("a");
    late();
    String[] refusal = {""};
    world.callsUntil = 6;
    world.event =
        () -> {
          world.remove("a");
          refusal[0] = assertThrows(LunoraException.class, () -> world.announce("a", 60)).code();
        };
    world.sweep();
    assertEquals("CONFLICT", refusal[0]);
    assertEquals(List.of(), world.files());
  }

  @Test
  void whatWasReplacedSinceTheListingStays() {
    world.put("a");
    late();
    // Before the app's rows are asked.
    world.callsUntil = 4;
    world.event = () -> world.put("a");
    assertSays(world.sweep(), "\"changed\":1", "\"deleted\":0");
    assertEquals(List.of("a"), world.bucket.keys());
  }

  @Test
  void twoRunsAtOnceAreOne() {
    world.put("a");
    late();
    String[] refusal = {""};
    world.callsUntil = 3;
    world.event =
        () -> refusal[0] = assertThrows(LunoraException.class, () -> world.sweep()).code();
    assertSays(world.sweep(), "\"deleted\":1");
    assertEquals("CONFLICT", refusal[0]);
  }

  @Test
  void aRunNeedsFewCallsHoweverMuchThereIs() {
    for (int i = 0; i < 1_000; i++) {
      world.put("orphan/" + i);
      world.announce("came/" + i, 60);
      world.put("came/" + i);
    }
    late();
    SweepSettings most = SweepWorld.SETTINGS.deletesMax(1_000);
    int calls = 0;
    int deleted = 0;
    for (int run = 0; run < 4; run++) {
      world.calls = 0;
      deleted = 2_000 - world.bucket.keys().size();
      world.sweep(most);
      calls = Math.max(calls, world.calls);
    }
    assertTrue(calls < 500, "calls of a run: " + calls);
    assertEquals(1_000, deleted);
    assertTrue(world.files().stream().allMatch(row -> row.endsWith(" stored")));
  }

  @Test
  void aRunThatFailsBeforeItDeletesFreesItsKeys() {
    world.put("a");
    late();
    assertThrows(
        LunoraException.class, () -> world.sweep(SweepWorld.SETTINGS.namedBy("files:none")));
    world.upload(world.announce("a", 60));
    assertEquals(List.of("a stored"), world.files());
  }

  @Test
  void aDeleteThatFailedMayHappenYetSoItsKeyIsRefusedForHalfAnHour() {
    world.put("a");
    late();
    world.callsUntil = 6;
    world.event =
        () -> {
          throw new IllegalStateException("R2 does not answer");
        };
    assertThrows(IllegalStateException.class, world::sweep);
    world.clock.advance(SweepWorld.HOUR_MS / 2 - 1);
    assertThrows(LunoraException.class, () -> world.announce("a", 60));
    world.clock.advance(1);
    world.upload(world.announce("a", 60));
    assertEquals(List.of("a stored"), world.files());
  }

  @Test
  void aRunThatIsHeldUpDeletesNothing() {
    world.put("a");
    late();
    world.callsUntil = 5;
    world.event = () -> world.clock.advance(300_001);
    assertThrows(LunoraException.class, world::sweep);
    assertEquals(List.of("a"), world.bucket.keys());
    assertEquals(List.of(), world.files());
  }

  @Test
  void aFunctionThatDoesNotAnswerSparesEverything() {
    world.put("a");
    late();
    LunoraException refused =
        assertThrows(
            LunoraException.class, () -> world.sweep(SweepWorld.SETTINGS.namedBy("files:none")));
    assertEquals("SHARD_ERROR", refused.code());
    assertEquals(List.of("a"), world.bucket.keys());
  }
}
