package lunora.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lunora.error.LunoraException;
import lunora.host.remote.BlobInfo;
import lunora.host.remote.BlobOptions;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a nightly backup leaves in the bucket, and what it leaves when something fails. */
class BackupTest {

  private static final String DAY_0 = "backups/lunora-backup-2026-06-01T12-00-00-000Z.ndjson";

  private final BackupWorld world = new BackupWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSnapshotAndItsManifestHaveTheNamesAndFormOfTheProtocol() throws Exception {
    world.send("__root__", "first");
    world.send("b", "second");
    world.run("b", "counters:add", "{\"name\":\"n\",\"by\":3}");

    world.fire(0);

    assertEquals(List.of(DAY_0, DAY_0 + ".manifest.json"), world.bucket.keys());
    String text = world.text(DAY_0);
    assertEquals(3, text.lines().count());
    assertTrue(text.lines().allMatch(line -> line.startsWith("{\"doc\":{\"_id\":")), text);
    assertTrue(text.endsWith(",\"table\":\"counters\"}\n"), text);
    Map<String, Value> manifest = BackupWorld.read(world.text(DAY_0 + ".manifest.json"));
    assertEquals("2026-06-01T12:00:00.000Z", BulkClient.text(manifest, "id"));
    assertEquals(DAY_0, BulkClient.text(manifest, "file"));
    assertEquals(BackupWorld.CRON, BulkClient.text(manifest, "cron"));
    assertEquals(1_780_315_200_000.0, BulkClient.number(manifest, "scheduledTime"));
    assertEquals(3, BulkClient.number(manifest, "rows"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(bytes.length, BulkClient.number(manifest, "bytes"));
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(HexFormat.of().formatHex(sum), BulkClient.text(manifest, "sha256"));
    assertFalse(manifest.containsKey("tables"));
    assertEquals(List.of("__root__", "b"), List.copyOf(world.lines(DAY_0).keySet()));
    BlobInfo info = world.bucket.head(DAY_0 + ".manifest.json");
    assertEquals(
        Map.of("lunoraBackupCron", BackupWorld.CRON), Objects.requireNonNull(info).metadata());
  }

  @Test
  void aSecondFiringForTheSameTimeChangesNothing() {
    world.send("__root__", "first");
    world.fire(0);
    String before = world.text(DAY_0);
    world.send("__root__", "second");

    world.fire(0);

    assertEquals(before, world.text(DAY_0));
  }

  @Test
  void onlyTheNewestAreKeptAndOnlyOnesOwnAreDeleted() {
    world.bucket.put(
        "backups/lunora-backup-2020-01-01T00-00-00-000Z.ndjson.manifest.json",
        new byte[1],
        new BlobOptions(null, null, Map.of("lunoraBackupCron", "of somebody else")));
    for (int day = 0; day < 4; day++) {
      world.fire(day);
    }

    assertEquals(
        List.of("2020-01-01", "2026-06-03", "2026-06-03", "2026-06-04", "2026-06-04"),
        world.bucket.keys().stream().map(key -> key.substring(22, 32)).toList());
  }

  @Test
  void longBackupsGoInEqualPartsWhateverCharactersTheyHave() {
    String body = "\u00e9\u4e16\ud83d\ude00x".repeat(500);
    for (int i = 0; i < 1_500; i++) {
      world.send("__root__", body + i);
    }

    world.fire(0);

    String text = world.text(DAY_0);
    assertTrue(text.getBytes(StandardCharsets.UTF_8).length > 5 * 1024 * 1024);
    assertFalse(text.contains("\ufffd"), "no character was cut in two");
    assertEquals(
        world.rows("__root__").values().stream()
            .map(doc -> "{\"doc\":" + doc + ",\"table\":\"messages\"}")
            .sorted()
            .toList(),
        text.lines().sorted().toList());
    assertEquals(0, world.bucket.openUploads());
  }

  @Test
  void aShardThatCannotBeReachedLeavesNothing() {
    world.send("b", "there");
    world.shards.cutOff("b");

    assertThrows(LunoraException.class, () -> world.fire(0));

    assertEquals(List.of(), world.bucket.keys());
    world.shards.reconnect("b");
    world.fire(0);
    assertEquals(1, world.text(DAY_0).lines().count(), "the same firing can be run again");
  }

  @Test
  void withoutATokenOrABucketNothingIsBackedUp() {
    world.host.set("LUNORA_ADMIN_TOKEN", " ");
    LunoraException refusal = assertThrows(LunoraException.class, () -> world.fire(0));
    assertEquals("BACKUP_NOT_CONFIGURED", refusal.code());
    assertEquals(500, refusal.status());
  }

  @Test
  void theRoutesOfTheAdminPlaneShowAndPrune() {
    world.send("__root__", "first");
    String created = world.ask("POST", "backup/create", "");
    assertEquals(1, BulkClient.number(BackupWorld.read(created), "rows"));
    String file = BulkClient.text(BackupWorld.read(created), "file");
    assertEquals(400, world.admin("GET", "backup/object?key=backups/other", "").status());
    world.fire(0);
    assertTrue(world.ask("GET", "backups", "").contains(DAY_0 + ".manifest.json"));
    assertEquals(
        "{\"cron\":\"0 3 * * *\",\"eligible\":1,\"keep\":2,\"prefix\":\"backups/\",\"wouldDelete\":[]}",
        world.ask("GET", "backup/retention", ""));
    assertEquals(
        "{\"deleted\":0,\"failed\":0,\"ignored\":1,\"remaining\":0}",
        world.ask("POST", "backup/prune", "{\"confirm\":[\"" + file + ".manifest.json\"]}"));
    assertEquals(400, world.admin("POST", "backup/prune", "{}").status());
    assertEquals(
        world.text(file), world.ask("POST", "export", "{}"), "export gives the same lines");
    assertEquals("", world.ask("POST", "export", "{\"tables\":[\"counters\"]}"));
    assertEquals(400, world.admin("POST", "export", "{\"tables\":1}").status());
  }
}
