package lunora.stream;

import static lunora.stream.StreamShard.drain;
import static lunora.stream.StreamShard.generation;
import static lunora.stream.StreamShard.numbered;
import static lunora.stream.StreamShard.since;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that outlive their clients, and where a client may read on. */
class DurableStreamTest {

  private static final String PATH = "test:durable";
  private static final String SLOW = "{\"to\":4,\"everyMs\":100}";

  private final StreamShard streams = new StreamShard();
  private FakeSocket socket = streams.client("ann");

  @AfterEach
  void close() {
    streams.close();
  }

  @Test
  void chunksCarryTheirNumberAndTheRun() {
    streams.stream(socket, "s", PATH, "{\"to\":2}", "");
    String tail = ",\"generation\":" + FakeClock.START_MS + "}";
    assertEquals(
        List.of(
            "{\"type\":\"ack\",\"id\":\"s\"}",
            "{\"type\":\"chunk\",\"id\":\"s\",\"data\":1,\"seq\":1" + tail,
            "{\"type\":\"chunk\",\"id\":\"s\",\"data\":2,\"seq\":2" + tail,
            "{\"type\":\"complete\",\"id\":\"s\"}"),
        socket.drain());
  }

  @Test
  void aClientReadsOnWhereItWasWhileTheStreamWentOn() {
    streams.stream(socket, "s", PATH, SLOW, "");
    String generation = generation(socket.drain());
    streams.shard().disconnect(socket);
    streams.advance(200);
    socket = streams.client("ann");
    streams.stream(socket, "s", PATH, SLOW, since(1, generation));
    assertEquals(join(List.of("ack s"), numbered("s", 2, 3)), drain(socket));
    streams.advance(200);
    assertEquals(join(numbered("s", 4, 4), List.of("complete s")), drain(socket));
    assertEquals(List.of("counted"), streams.notes());
    // Over, and still there to be read on.
    streams.stream(socket, "s", PATH, SLOW, since(3, generation));
    assertEquals(join(List.of("ack s"), numbered("s", 4, 4), List.of("complete s")), drain(socket));
    streams.stream(socket, "s", PATH, SLOW, since(4, generation));
    assertEquals(List.of("ack s", "complete s"), drain(socket));
    assertEquals(List.of(), streams.notes());
  }

  @Test
  void cancellingOnlyDetaches() {
    streams.stream(socket, "s", PATH, SLOW, "");
    String generation = generation(socket.drain());
    streams.unsubscribe(socket, "s");
    assertEquals(List.of("ack s"), drain(socket));
    streams.advance(1000);
    assertEquals(List.of(), drain(socket));
    assertEquals(List.of("counted"), streams.notes());
    streams.stream(socket, "s", PATH, SLOW, since(1, generation));
    assertEquals(join(List.of("ack s"), numbered("s", 2, 4), List.of("complete s")), drain(socket));
  }

  @Test
  void theSameCallOfTheSameCallerIsOneRun() {
    streams.stream(socket, "s", PATH, SLOW, "");
    streams.advance(100);
    FakeSocket second = streams.client("ann");
    streams.stream(second, "t", PATH, "{\"everyMs\":100,\"to\":4}", "");
    assertEquals(join(List.of("ack t"), numbered("t", 1, 2)), drain(second));
    FakeSocket other = streams.client("bob");
    streams.stream(other, "t", PATH, SLOW, "");
    FakeSocket user = streams.connect("ann", 0);
    streams.stream(user, "t", PATH, SLOW, "");
    FakeSocket nameless = streams.connect("", 0);
    streams.stream(nameless, "t", PATH, SLOW, "");
    for (FakeSocket own : List.of(other, user, nameless)) {
      assertEquals(join(List.of("ack t"), numbered("t", 1, 1)), drain(own));
    }
    assertEquals(4, streams.host().background().running());
    streams.advance(1000);
    assertEquals(5, streams.notes().size() + 1);
    assertEquals(join(numbered("t", 3, 4), List.of("complete t")), drain(second));
    assertEquals(6, socket.drain().size());
  }

  @Test
  void aFinishedRunIsStartedAnewUnlessTheClientReadsOn() {
    streams.stream(socket, "s", PATH, "{\"to\":2}", "");
    String first = generation(socket.drain().subList(0, 3));
    streams.stream(socket, "s", PATH, "{\"to\":2}", "");
    List<String> frames = socket.drain();
    String second = generation(frames.subList(0, 3));
    assertNotEquals(first, second);
    assertEquals(4, frames.size());
    assertEquals(List.of("counted", "counted"), streams.notes());
    streams.stream(socket, "s", PATH, "{\"to\":2}", since(1, first));
    assertInterrupted("started anew");
    streams.stream(socket, "s", PATH, "{\"to\":2}", since(3, second));
    assertInterrupted("started anew");
    streams.stream(socket, "s", PATH, "{\"to\":3}", since(1, second));
    assertInterrupted("not stored");
    assertEquals(2, count("__lunora_stream_chunk"));
  }

  @Test
  void numbersThatAreNoneAreIgnored() {
    streams.stream(socket, "s", PATH, "{\"to\":2}", "");
    String generation = generation(socket.drain().subList(0, 3));
    // A chunk without a run: of whichever is stored.
    for (String run : List.of("1.5", "-1", "\"x\"", "null")) {
      streams.stream(socket, "s", PATH, "{\"to\":2}", since(1, run));
      assertEquals(
          join(List.of("ack s"), numbered("s", 2, 2), List.of("complete s")), drain(socket));
    }
    for (String chunk : List.of("0", "0.5", "-1", "\"1\"", "1e300")) {
      streams.stream(socket, "s", PATH, "{\"to\":2}", since(chunk, generation));
      assertEquals(
          join(List.of("ack s"), numbered("s", 1, 2), List.of("complete s")), drain(socket));
    }
    assertEquals(6, streams.notes().size());
  }

  @Test
  void aFailureIsKeptToo() {
    streams.stream(socket, "s", "test:refuse", "{}", "");
    List<String> frames = socket.drain();
    streams.shard().hibernate();
    streams.stream(socket, "s", "test:refuse", "{}", since(1, "null"));
    assertEquals(List.of(frames.get(0), frames.get(2)), socket.drain());
  }

  @Test
  void aRunThatLostItsProducerIsReplayedAsFarAsItGot() {
    streams.stream(socket, "s", PATH, SLOW, "");
    streams.advance(100);
    String generation = generation(socket.drain());
    streams.shard().restart();
    socket = streams.client("ann");
    streams.stream(socket, "s", PATH, SLOW, since(1, generation));
    List<String> frames = drain(socket);
    assertEquals(join(List.of("ack s"), numbered("s", 2, 2)), frames.subList(0, 2));
    assertTrue(frames.get(2).contains("STREAM_INTERRUPTED"), frames.toString());
    assertEquals(0, streams.host().background().running());
    streams.stream(socket, "s", PATH, SLOW, "");
    assertEquals(join(List.of("ack s"), numbered("s", 1, 1)), drain(socket));
    streams.shard().evict();
    streams.stream(socket, "s", PATH, SLOW, "");
    assertEquals(join(List.of("ack s"), numbered("s", 1, 1)), drain(socket));
    streams.advance(1000);
    assertEquals(join(numbered("s", 2, 4), List.of("complete s")), drain(socket));
    assertEquals(4, count("__lunora_stream_chunk"));
  }

  @Test
  void aStreamHasAnEndByCount() {
    streams.stream(socket, "s", PATH, "{\"to\":50000}", "");
    List<String> frames = socket.drain();
    assertEquals(50_002, frames.size());
    assertEquals("{\"type\":\"complete\",\"id\":\"s\"}", frames.get(50_001));
    streams.stream(socket, "s", PATH, "{\"to\":50001}", "");
    frames = socket.drain();
    assertEquals(50_002, frames.size());
    assertTrue(frames.get(50_001).contains("\"code\":\"STREAM_TOO_LONG\""));
    assertEquals(List.of("counted", "LunoraException false"), streams.notes());
    streams.stream(socket, "s", PATH, "{\"to\":50001}", since(49_999, "null"));
    frames = socket.drain();
    assertEquals(3, frames.size());
    assertTrue(frames.get(2).contains("\"code\":\"STREAM_TOO_LONG\""));
  }

  @Test
  void aStreamHasAnEndByLengthEvenIfItDoesNotMind() {
    // 128 chunks of half a mebi-unit are all there is room for.
    streams.stream(socket, "s", "test:hugeDurable", "{\"to\":524286}", "");
    List<String> frames = socket.drain();
    assertEquals(130, frames.size());
    assertTrue(frames.get(129).contains("\"code\":\"STREAM_TOO_LONG\""));
    assertEquals(List.of("STREAM_TOO_LONG"), streams.notes());
    // Replayed in turns, each within bounds.
    streams.stream(socket, "s", "test:hugeDurable", "{\"to\":524286}", since(1, "null"));
    assertEquals(129, socket.drain().size());
  }

  @Test
  void aSlowFollowerHoldsUpNeitherTheStreamNorTheOthers() {
    FakeSocket slow = streams.client("ann");
    streams.stream(slow, "s", PATH, SLOW, "");
    streams.stream(socket, "s", PATH, SLOW, "");
    assertEquals(2, slow.drain().size());
    slow.setBufferedBytes(Reading.BUFFERED_BYTES_MAX);
    streams.advance(350);
    assertEquals(List.of(), drain(slow));
    assertEquals(5, socket.drain().size());
    slow.setBufferedBytes(0);
    streams.advance(Reading.LOOK_EVERY_MS);
    assertEquals(numbered("s", 2, 4), drain(slow));
    streams.advance(100);
    assertEquals(List.of("complete s"), drain(slow));
    assertEquals(List.of("complete s"), drain(socket));
  }

  @Test
  void aFollowerOfARunThatIsThrownAwayIsToldSo() {
    streams.stream(socket, "s", PATH, "{\"to\":3}", "");
    socket.drain();
    socket.setBufferedBytes(Reading.BUFFERED_BYTES_MAX);
    streams.stream(socket, "s", PATH, "{\"to\":3}", since(1, "null"));
    FakeSocket second = streams.client("ann");
    streams.stream(second, "t", PATH, "{\"to\":3}", "");
    assertEquals(5, second.drain().size());
    socket.drain();
    socket.setBufferedBytes(0);
    streams.advance(Reading.LOOK_EVERY_MS);
    assertInterrupted("started anew");
  }

  @Test
  void anExpiredIdentityIsDetachedAndTheStreamGoesOn() {
    FakeSocket ann = streams.connect("ann", FakeClock.START_MS + 150);
    streams.stream(ann, "s", PATH, SLOW, "");
    String generation = generation(ann.drain());
    streams.advance(200);
    assertEquals(2, ann.drain().size());
    assertEquals(4001, ann.closeCode());
    streams.advance(1000);
    FakeSocket again = streams.connect("ann", 0);
    streams.stream(again, "s", PATH, SLOW, since(2, generation));
    assertEquals(join(List.of("ack s"), numbered("s", 3, 4), List.of("complete s")), drain(again));
  }

  @Test
  void runsAreKeptForADay() {
    streams.stream(socket, "s", PATH, "{\"to\":2}", "");
    streams.stream(socket, "t", PATH, "{\"to\":3}", "");
    socket.drain();
    streams.advance(RunStore.RETENTION_MS - 1);
    streams.stream(socket, "s", PATH, "{\"to\":2}", since(1, "null"));
    assertEquals(3, socket.drain().size());
    streams.advance(1);
    streams.stream(socket, "s", PATH, "{\"to\":2}", since(1, "null"));
    assertInterrupted("not stored");
    assertEquals(5, count("__lunora_stream_chunk"));
    streams.advance(3_600_000);
    streams.stream(socket, "s", PATH, "{\"to\":1,\"everyMs\":0}", "");
    assertEquals(1, count("__lunora_stream_chunk"));
    assertEquals(1, count("__lunora_stream_run"));
  }

  private int count(String table) {
    return (int) streams.host().sql().query("SELECT count(*) FROM " + table).number(0, 0);
  }

  private void assertInterrupted(String why) {
    List<String> frames = socket.drain();
    assertEquals(1, frames.size(), frames.toString());
    assertTrue(
        frames.get(0).contains("\"code\":\"STREAM_INTERRUPTED\"") && frames.get(0).contains(why),
        frames.toString());
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
