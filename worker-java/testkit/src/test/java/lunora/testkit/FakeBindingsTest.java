package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import lunora.error.LunoraException;
import lunora.host.inbound.QueueMessage;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.GlobalDatabase.Start;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.OutgoingMessage;
import lunora.wire.JsonText;
import org.junit.jupiter.api.Test;

/** What the fakes of a deployment's bindings do beyond their contracts. */
class FakeBindingsTest {

  private static final String COUNT = "SELECT count(*) FROM t";

  private final FakeClock clock = new FakeClock();

  @Test
  void aReplicaThatLagsAnswersWithWhatItHad() {
    try (FakeGlobalDatabase database = new FakeGlobalDatabase()) {
      GlobalSession writer = database.start(Start.PRIMARY);
      writer.execute("CREATE TABLE t (v)");
      database.lag();
      writer.execute("INSERT INTO t VALUES (1)");
      assertEquals(0, database.start(Start.ANYWHERE).query(COUNT).number(0, 0));
      assertEquals(1, database.primary().query(COUNT).number(0, 0));
      assertEquals(0, database.start(Start.ANYWHERE).query(COUNT).number(0, 0));
    }
  }

  @Test
  void noSessionReadsOlderDataThanItHasSeen() {
    try (FakeGlobalDatabase database = new FakeGlobalDatabase()) {
      GlobalSession writer = database.start(Start.PRIMARY);
      writer.execute("CREATE TABLE t (v)");
      database.lag();
      writer.execute("INSERT INTO t VALUES (1)");
      String bookmark = String.valueOf(writer.bookmark());
      writer.execute("INSERT INTO t VALUES (2)");
      assertEquals(1, database.resume(bookmark).query(COUNT).number(0, 0));
      assertEquals(2, writer.query(COUNT).number(0, 0));
    }
  }

  @Test
  void aReplicaCatchesUp() {
    try (FakeGlobalDatabase database = new FakeGlobalDatabase()) {
      database.lag();
      GlobalSession writer = database.start(Start.PRIMARY);
      writer.execute("CREATE TABLE t (v)");
      assertThrows(SqlFailure.class, () -> database.start(Start.ANYWHERE).query(COUNT));
      database.catchUp();
      assertEquals(0, database.start(Start.ANYWHERE).query(COUNT).number(0, 0));
    }
  }

  @Test
  void whatIsNoBookmarkIsRefused() {
    try (FakeGlobalDatabase database = new FakeGlobalDatabase()) {
      for (String wrong : List.of("", "nonsense", "00000009-00000000-fake")) {
        GlobalSession session = database.resume(wrong);
        assertThrows(SqlFailure.class, () -> session.query("SELECT 1"), wrong);
      }
    }
  }

  @Test
  void aMessageComesUntilItIsDealtWith() {
    FakeMessageQueue queue = new FakeMessageQueue("q", clock, 1);
    queue.send(OutgoingMessage.of(JsonText.of("1")));
    queue.send(new OutgoingMessage(JsonText.of("2"), 10));
    FakeQueueBatch first = queue.next(10);
    assertEquals(1, first.messages().size());
    queue.settle(first, true);
    FakeQueueBatch again = queue.next(10);
    QueueMessage message = again.messages().get(0);
    assertEquals(2, message.attempts());
    assertEquals("1", message.body().toString());
    message.retry(0);
    queue.settle(again, false);
    assertEquals(List.of("1"), queue.deadLetters());
    clock.advance(10_000);
    FakeQueueBatch delayed = queue.next(10);
    delayed.messages().get(0).ack();
    queue.settle(delayed, true);
    assertEquals(0, queue.size());
    assertEquals(2, queue.sent());
  }

  @Test
  void aMessageMayBeNoJson() {
    FakeQueueMessage message = new FakeQueueMessage("a", 0, 1, "{");
    assertThrows(LunoraException.class, message::body);
    assertThrows(IllegalArgumentException.class, () -> message.retry(86_401));
    message.ack();
    message.retry(1);
    assertEquals(FakeQueueMessage.Outcome.ACKED, message.outcome());
  }

  @Test
  void aBodyIsStoredWhenItHasTheLengthThatWasAnnounced() {
    FakeBlobBucket bucket = new FakeBlobBucket(clock);
    FakeHttpRequest request = FakeHttpRequest.of("PUT", "https://h.example/").body("abc");
    assertThrows(LunoraException.class, () -> bucket.putBody("k", request, 4, BlobOptions.NONE));
    FakeHttpRequest second = FakeHttpRequest.of("PUT", "https://h.example/").body("abc");
    assertEquals(3, bucket.putBody("k", second, 3, BlobOptions.NONE).sizeBytes());
    assertEquals(List.of("k"), bucket.keys());
  }

  @Test
  void aBlobIsReadOnce() {
    FakeBlobBucket bucket = new FakeBlobBucket(clock);
    bucket.put("k", new byte[] {1, 2}, BlobOptions.NONE);
    Blob blob = Objects.requireNonNull(bucket.get("k"));
    FakeBlobResponse response = (FakeBlobResponse) blob.toResponse(200, Map.of("a", "b"));
    assertArrayEquals(new byte[] {1, 2}, response.body());
    assertThrows(IllegalStateException.class, blob::readAll);
    assertThrows(IllegalStateException.class, blob::read);
  }

  @Test
  void anUploadIsOpenUntilItEnds() {
    FakeBlobBucket bucket = new FakeBlobBucket(clock);
    bucket.startUpload("k", BlobOptions.NONE);
    assertEquals(1, bucket.openUploads());
    bucket.startUpload("j", BlobOptions.NONE).abort();
    assertEquals(1, bucket.openUploads());
  }

  @Test
  void whatIsNotBoundIsMisconfigured() {
    FakeBindings bindings = new FakeBindings();
    for (Runnable asked :
        List.<Runnable>of(
            bindings::shards,
            () -> bindings.database("DB"),
            () -> bindings.bucket("BUCKET"),
            () -> bindings.queue("QUEUE"))) {
      LunoraException refusal = assertThrows(LunoraException.class, asked::run);
      assertEquals("MISCONFIGURED", refusal.code());
    }
  }
}
