package lunora.stream;

import static lunora.stream.StreamShard.drain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that end with their client, and every refusal. */
class LiveStreamTest {

  private static final String COUNT = "test:count";

  private final StreamShard streams = new StreamShard();
  private final FakeSocket socket = streams.client("ann");

  @AfterEach
  void close() {
    streams.close();
  }

  @Test
  void chunksComeAsTheyAreEmitted() {
    streams.stream(socket, "s", COUNT, "{\"to\":3}", "");
    assertEquals(
        List.of(
            "{\"type\":\"ack\",\"id\":\"s\"}",
            "{\"type\":\"chunk\",\"id\":\"s\",\"data\":1}",
            "{\"type\":\"chunk\",\"id\":\"s\",\"data\":2}",
            "{\"type\":\"chunk\",\"id\":\"s\",\"data\":3}",
            "{\"type\":\"complete\",\"id\":\"s\"}"),
        socket.drain());
    streams.stream(socket, "s", COUNT, "{\"to\":2,\"everyMs\":100}", "");
    assertEquals(List.of("ack s", "chunk s = 1"), drain(socket));
    streams.advance(99);
    assertEquals(List.of(), drain(socket));
    streams.advance(1);
    assertEquals(List.of("chunk s = 2"), drain(socket));
    streams.advance(1000);
    assertEquals(List.of("complete s"), drain(socket));
    assertEquals(0, streams.host().background().running());
  }

  @Test
  void severalRunSideBySide() {
    streams.stream(socket, "a", COUNT, "{\"to\":3,\"everyMs\":20}", "");
    streams.stream(socket, "b", COUNT, "{\"to\":2,\"everyMs\":30}", "");
    streams.advance(100);
    assertEquals(
        List.of(
            "ack a",
            "chunk a = 1",
            "ack b",
            "chunk b = 1",
            "chunk a = 2",
            "chunk b = 2",
            "chunk a = 3",
            "complete b",
            "complete a"),
        drain(socket));
  }

  @Test
  void aCancelledStreamIsAcknowledgedAndEndsAtOnce() {
    streams.stream(socket, "s", COUNT, "{\"to\":3,\"everyMs\":3600000}", "");
    socket.drain();
    streams.unsubscribe(socket, "s");
    assertEquals(List.of("StreamCancelledException true"), streams.notes());
    assertEquals(0, streams.host().background().running());
    streams.advance(4_000_000);
    assertEquals(List.of("ack s"), drain(socket));
    // The id is free again.
    streams.stream(socket, "s", COUNT, "{\"to\":1}", "");
    assertEquals(List.of("ack s", "chunk s = 1", "complete s"), drain(socket));
    assertEquals(List.of(), streams.host().log().lines());
  }

  @Test
  void aSocketThatClosesEndsItsStreams() {
    FakeSocket other = streams.client("bob");
    streams.stream(socket, "a", COUNT, "{\"to\":9,\"everyMs\":10}", "");
    streams.stream(socket, "b", COUNT, "{\"to\":9,\"everyMs\":10}", "");
    streams.stream(other, "a", COUNT, "{\"to\":9,\"everyMs\":10}", "");
    streams.shard().disconnect(socket);
    assertEquals(1, streams.host().background().running());
    streams.advance(100);
    assertEquals(11, other.drain().size());
    // One that nobody heard of: the next chunk finds out.
    streams.stream(other, "a", COUNT, "{\"to\":9,\"everyMs\":10}", "");
    other.drop();
    streams.advance(10);
    assertEquals(0, streams.host().background().running());
  }

  @Test
  void whatCannotBeStartedIsRefused() {
    streams.stream(socket, "s", "__lunora_admin__:tail", "{}", "");
    assertEquals(
        List.of("{\"id\":\"s\",\"message\":\"streams must be public\",\"type\":\"error\"}"),
        socket.drain());
    for (String path : List.of("test:internal", "test:none", "counters:get", "counters:add")) {
      streams.stream(socket, "s", path, "{}", "");
      String error = "\"code\":\"NOT_FOUND\",\"message\":\"stream not registered: " + path + "\"";
      assertEquals(
          List.of("{\"type\":\"error\",\"id\":\"s\"," + error + ",\"error\":{" + error + "}}"),
          socket.drain());
    }
    streams.stream(socket, "s", COUNT, "{\"to\":[\"$lunora.wire$\",\"set\"]}", "");
    assertRefused("BAD_SUBSCRIPTION_ARGS", "stream args failed wire decoding");
    streams.stream(socket, "s", COUNT, "[]", "");
    assertRefused("BAD_SUBSCRIPTION_ARGS", "stream args must be a plain object");
    streams.shard().message(socket, "{\"type\":\"stream\",\"id\":\"s\",\"query\":{}}");
    assertRefused("BAD_SUBSCRIPTION_ARGS", "stream needs query.functionPath");
    streams.stream(socket, "s", COUNT, "{\"to\":\"x\"}", "");
    assertRefused("VALIDATION_ERROR", "args.to");
    streams.shard().message(socket, "{\"type\":\"stream\",\"query\":{}}");
    assertEquals(List.of("{\"message\":\"invalid envelope\",\"type\":\"error\"}"), socket.drain());
  }

  @Test
  void aSocketHasEightStreamsAndEachIdOnce() {
    for (int i = 1; i <= 8; i++) {
      streams.stream(socket, "s" + i, COUNT, "{\"to\":2,\"everyMs\":10}", "");
    }
    socket.drain();
    streams.stream(socket, "s9", COUNT, "{\"to\":1}", "");
    assertRefused("TOO_MANY_STREAMS", "at most 8 streams");
    streams.stream(socket, "s8", COUNT, "{\"to\":1}", "");
    assertRefused("STREAM_ID_IN_USE", "this id already");
    streams.unsubscribe(socket, "s1");
    socket.drain();
    streams.stream(socket, "s9", COUNT, "{\"to\":1}", "");
    assertEquals(List.of("ack s9", "chunk s9 = 1", "complete s9"), drain(socket));
    streams.advance(100);
    assertEquals(14, socket.drain().size());
  }

  @Test
  void aStreamThatFailsSaysWhyUnlessItIsABug() {
    streams.stream(socket, "s", "test:refuse", "{}", "");
    List<String> frames = socket.drain();
    assertEquals(
        "{\"type\":\"error\",\"id\":\"s\",\"code\":\"CONFLICT\",\"message\":\"no more\","
            + "\"error\":{\"code\":\"CONFLICT\",\"message\":\"no more\",\"hint\":\"stop\"}}",
        frames.get(2));
    assertEquals(List.of(), streams.host().log().lines());
    streams.stream(socket, "s", "test:bug", "{}", "");
    assertEquals(
        "{\"type\":\"error\",\"id\":\"s\",\"code\":\"INTERNAL_SERVER_ERROR\","
            + "\"message\":\"internal error\",\"error\":{\"code\":\"INTERNAL_SERVER_ERROR\","
            + "\"message\":\"internal error\"}}",
        socket.drain().get(1));
    assertEquals(1, streams.host().log().lines().size());
  }

  @Test
  void aChunkHasABound() {
    streams.stream(socket, "s", "test:huge", "{\"to\":524286}", "");
    assertEquals(3, socket.drain().size());
    streams.stream(socket, "s", "test:huge", "{\"to\":524287}", "");
    assertTrue(socket.drain().get(1).contains("\"code\":\"PAYLOAD_TOO_LARGE\""));
  }

  @Test
  void anExpiredIdentityEndsTheStreamBeforeTheNextChunk() {
    FakeSocket ann = streams.connect("ann", FakeClock.START_MS + 150);
    streams.stream(ann, "s", COUNT, "{\"to\":9,\"everyMs\":100}", "");
    streams.advance(100);
    assertEquals(List.of("ack s", "chunk s = 1", "chunk s = 2"), drain(ann));
    streams.advance(100);
    assertTrue(ann.drain().get(0).contains("TOKEN_EXPIRED"));
    assertEquals(4001, ann.closeCode());
    assertEquals(0, streams.host().background().running());
  }

  @Test
  void aClientThatIsBehindHoldsItsStreamUp() {
    socket.setBufferedBytes(Reading.BUFFERED_BYTES_MAX);
    streams.stream(socket, "s", COUNT, "{\"to\":3}", "");
    streams.advance(1000);
    assertEquals(List.of("ack s"), drain(socket));
    socket.setBufferedBytes(Reading.BUFFERED_BYTES_MAX - 1);
    streams.advance(Reading.LOOK_EVERY_MS);
    assertEquals(List.of("chunk s = 1", "chunk s = 2", "chunk s = 3", "complete s"), drain(socket));
    // It is given up when it takes nothing at all, not when it is slow.
    long buffered = 3 * Reading.BUFFERED_BYTES_MAX;
    socket.setBufferedBytes(buffered);
    streams.stream(socket, "s", COUNT, "{\"to\":3}", "");
    for (int i = 1; i <= 5; i++) {
      streams.advance(Reading.PATIENCE_MS - 1000);
      socket.setBufferedBytes(buffered - i);
    }
    assertEquals(List.of("ack s"), drain(socket));
    streams.advance(2 * Reading.PATIENCE_MS);
    assertRefused("STREAM_INTERRUPTED", "takes no more");
    assertEquals(0, streams.host().background().running());
  }

  @Test
  void othersHaveTheirTurnWhileMuchIsSent() {
    streams.stream(socket, "s", COUNT, "{\"to\":1000}", "");
    assertEquals(1002, socket.drain().size());
    streams.stream(socket, "s", "test:endless", "{}", "");
    assertEquals(1 + Pace.CHUNKS_PER_TURN + 1, socket.drain().size());
    assertEquals(List.of("counted", "StreamCancelledException true"), streams.notes());
  }

  @Test
  void aStreamCallsFunctionsAndTheNetwork() {
    streams.host().fetcher().answer("https://x.test/", 204);
    FakeSocket ann = streams.connect("ann", 0);
    streams
        .shard()
        .message(
            ann,
            "{\"type\":\"subscribe\",\"id\":\"q\",\"query\":{\"functionPath\":\"counters:get\","
                + "\"args\":{\"name\":\"a\"}}}");
    ann.drain();
    streams.stream(ann, "s", "test:calls", "{}", "");
    streams.advance(1000);
    List<String> frames = drain(ann);
    assertEquals(List.of("ack s", "chunk s = 1"), frames.subList(0, 2));
    // The live query hears of both, though no request was made.
    assertTrue(frames.get(2).startsWith("data q = 1"), frames.toString());
    assertEquals(List.of("chunk s = 2", "complete s"), frames.subList(3, 5));
    assertTrue(frames.get(5).startsWith("data q = 2"), frames.toString());
    assertEquals(List.of("ann", "https://app.test/x", "204"), streams.notes());
  }

  private void assertRefused(String code, String message) {
    List<String> frames = socket.drain();
    assertEquals(1, frames.size(), frames.toString());
    assertTrue(
        frames.get(0).startsWith("{\"type\":\"error\",\"id\":\"s")
            && frames.get(0).contains("\"code\":\"" + code + "\",\"message\":\"")
            && frames.get(0).contains(message),
        frames.toString());
  }
}
