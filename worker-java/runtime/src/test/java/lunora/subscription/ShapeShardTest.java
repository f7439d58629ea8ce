package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.Param;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.api.ShardLimits;
import lunora.host.inbound.HttpResponse;
import lunora.schema.Codecs;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shapes of one shard: which frames go out, in which order, and what outlives hibernation. */
class ShapeShardTest {

  private static final Param<String> P_CHANNEL = Param.of("channel", Codecs.STRING);

  private static final ShapeDescriptor<TestApp.Message> CHANNEL =
      ShapeDescriptor.named("channelMessages")
          .param(P_CHANNEL)
          .shape(
              (ctx, args) ->
                  ShapeOf.rows(TestApp.MESSAGES)
                      .where(TestApp.CHANNEL.eq(args.get(P_CHANNEL)))
                      .columns(TestApp.AUTHOR, TestApp.BODY));

  private static final AppModule APP =
      AppModule.create().include(TestApp.module()).include(ShapeApp.MODULE).shape(CHANNEL).build();

  private static final ShardLimits LIMITS = ShardLimits.DEFAULT.withResultUnits(2_000_000);

  private static final String GENERAL =
      "\"shape\":{\"name\":\"channelMessages\",\"args\":{\"channel\":\"general\"}}";
  private static final String RANDOM =
      "\"shape\":{\"name\":\"channelMessages\",\"args\":{\"channel\":\"random\"}}";

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard = new FakeShard(host, (h, b) -> new ShardActor(h, b, APP, LIMITS));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void theSeedComesFirstAndTheAckLast() {
    String id = send("general", "one");
    send("random", "elsewhere");
    FakeSocket socket = connect("ann");
    List<String> frames = subscribe(socket, "shape_1", GENERAL);
    String epoch = epoch(frames);
    assertEquals(
        List.of(
            "{\"type\":\"pokeStart\",\"pokeId\":\"poke-1\",\"epoch\":\"" + epoch + "\"}",
            "{\"type\":\"pokePart\",\"shapeId\":\"shape_1\",\"pokeId\":\"poke-1\",\"reset\":true,"
                + "\"rowsPatch\":[{\"op\":\"insert\",\"key\":"
                + id
                + ",\"table\":\"messages\",\"value\":{\"_id\":"
                + id
                + ",\"author\":\"ann\",\"body\":\"one\"}}]}",
            "{\"type\":\"pokeEnd\",\"pokeId\":\"poke-1\",\"checkpoint\":2,\"epoch\":\""
                + epoch
                + "\"}",
            "{\"type\":\"ack\",\"id\":\"shape_1\"}"),
        frames);
  }

  @Test
  void anEmptyShapeIsSeededToo() {
    List<String> frames = subscribe(connect("ann"), "s", GENERAL);
    assertEquals(List.of("pokeStart", "pokePart", "pokeEnd", "ack"), types(frames));
    assertTrue(frames.get(1).contains("\"reset\":true,\"rowsPatch\":[]"), frames::toString);
    assertTrue(frames.get(2).contains("\"checkpoint\":0"), frames::toString);
  }

  @Test
  void rowsThatComeChangeAndGoAreTold() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", GENERAL);
    String id = send("general", "one");
    assertEquals(List.of("insert one"), ops(socket));
    call("messages:edit", "{\"id\":" + id + ",\"body\":\"two\"}");
    assertEquals(List.of("update two"), ops(socket));
    send("random", "elsewhere");
    assertEquals(List.of(), socket.drain());
    call("messages:remove", "{\"id\":" + id + "}");
    assertEquals(List.of("delete"), ops(socket));
  }

  @Test
  void writesBetweenTwoPokesAreOneChangeForEachRow() {
    FakeSocket socket = connect("ann");
    String old = send("general", "old");
    subscribe(socket, "s", GENERAL);
    host.deferred().hold();
    String edited = send("general", "made");
    call("messages:edit", "{\"id\":" + edited + ",\"body\":\"made and edited\"}");
    String gone = send("general", "made and removed");
    call("messages:remove", "{\"id\":" + gone + "}");
    call("messages:edit", "{\"id\":" + old + ",\"body\":\"edited\"}");
    call("messages:remove", "{\"id\":" + old + "}");
    send("general", "only made");
    host.deferred().run();
    assertEquals(List.of("update made and edited", "delete", "insert only made"), ops(socket));
  }

  @Test
  void aPokeHasOnePartForEachShapeAndNamesItsBase() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "a", GENERAL);
    subscribe(socket, "b", RANDOM);
    subscribe(socket, "c", GENERAL);
    send("general", "one");
    List<String> first = socket.drain();
    assertEquals(List.of("pokeStart", "pokePart", "pokePart", "pokeEnd"), types(first));
    assertTrue(!first.get(1).contains("baseCheckpoint"), first::toString);
    host.deferred().hold();
    send("general", "two");
    send("random", "three");
    host.deferred().run();
    List<String> second = socket.drain();
    assertEquals(
        List.of("pokeStart", "pokePart", "pokePart", "pokePart", "pokeEnd"), types(second));
    assertEquals(2, second.stream().filter(f -> f.contains("\"baseCheckpoint\":1,")).count());
    assertTrue(second.get(4).contains("\"checkpoint\":3"), second::toString);
  }

  @Test
  void aClientThatComesBackIsToldTheDifference() {
    FakeSocket socket = connect("ann");
    String id = send("general", "one");
    send("random", "elsewhere");
    String epoch = epoch(subscribe(socket, "s", GENERAL));
    shard.disconnect(socket);
    call("messages:edit", "{\"id\":" + id + ",\"body\":\"edited\"}");
    send("general", "two");
    List<String> frames = subscribe(connect("ann"), "s", since(2, epoch) + GENERAL);
    assertEquals(List.of("pokeStart", "pokePart", "pokeEnd", "ack"), types(frames));
    assertTrue(frames.get(0).contains("\"baseCheckpoint\":2,"), frames::toString);
    assertTrue(!frames.get(1).contains("reset"), frames::toString);
    assertEquals(List.of("update edited", "insert two"), ops(frames));
    List<String> current = subscribe(connect("ann"), "s", since(4, epoch) + GENERAL);
    assertTrue(current.get(1).contains("\"baseCheckpoint\":4,\"rowsPatch\":[]"));
  }

  @Test
  void whatTheLogCannotTellIsSentWhole() {
    for (int i = 0; i < 5; i++) {
      send("general", "m" + i);
    }
    String epoch = epoch(subscribe(connect("ann"), "s", GENERAL));
    assertTrue(resumes(since(2, epoch) + GENERAL));
    assertTrue(!resumes(since(2, "another") + GENERAL));
    assertTrue(!resumes("\"sinceCheckpoint\":2," + GENERAL));
    assertTrue(!resumes(since(2.5, epoch) + GENERAL));
    assertTrue(!resumes(since(-1, epoch) + GENERAL));
    host.sql().execute("DELETE FROM \"__lunora_oplog\" WHERE seq <= 3");
    assertTrue(resumes(since(3, epoch) + GENERAL));
    assertTrue(!resumes(since(2, epoch) + GENERAL));
    // A checkpoint the log never reached: the storage went back in time.
    List<String> ahead = subscribe(connect("ann"), "s", since(99, epoch) + GENERAL);
    assertTrue(ahead.get(1).contains("\"reset\":true"), ahead::toString);
    assertNotEquals(epoch, epoch(ahead));
    assertTrue(!resumes(since(5, epoch) + GENERAL));
  }

  @Test
  void whoseShapeItIsDecidesAndIsNeverResumed() {
    FakeSocket ann = connect("x");
    String mine = "\"shape\":{\"name\":\"mine\"}";
    String epoch = epoch(subscribe(ann, "s", mine));
    List<String> again = subscribe(connect("x"), "s", since(0, epoch) + mine);
    assertTrue(again.get(1).contains("\"reset\":true"), again::toString);
    assertEquals("FORBIDDEN", code(subscribe(connect(null), "s", mine)));
  }

  @Test
  void aFailureIsAnErrorWithoutAnAckAndLeavesNothing() {
    FakeSocket socket = connect("ann");
    assertEquals("SHAPE_NOT_FOUND", code(subscribe(socket, "s", "\"shape\":{\"name\":\"no\"}")));
    assertEquals(
        "VALIDATION_ERROR",
        code(subscribe(socket, "s", "\"shape\":{\"name\":\"channelMessages\"}")));
    assertEquals(
        "SHAPE_RESOLVE_FAILED", code(subscribe(socket, "s", "\"shape\":{\"name\":\"broken\"}")));
    assertEquals(
        "BAD_SUBSCRIPTION_ARGS",
        code(
            subscribe(
                socket,
                "s",
                "\"shape\":{\"name\":\"channelMessages\",\"args\":"
                    + "{\"channel\":[\"$lunora.wire$\",\"bigint\",\"x\"]}}")));
    assertEquals("BAD_SUBSCRIPTION_ARGS", code(subscribe(socket, "s", "\"shape\":7")));
    host.sql().execute("ALTER TABLE \"messages\" RENAME TO \"away\"");
    assertEquals("SHAPE_SEED_FAILED", code(subscribe(socket, "s", GENERAL)));
    host.sql().execute("ALTER TABLE \"away\" RENAME TO \"messages\"");
    send("general", "one");
    assertEquals(List.of(), socket.drain());
  }

  @Test
  void anUnsubscribedShapeIsNotTold() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", GENERAL);
    shard.message(socket, "{\"type\":\"shape_unsubscribe\",\"id\":\"s\"}");
    assertEquals(List.of("ack"), types(socket.drain()));
    send("general", "one");
    assertEquals(List.of(), socket.drain());
    assertEquals(0, rows("__lunora_shape"));
    subscribe(socket, "s", GENERAL);
    shard.disconnect(socket);
    assertEquals(0, rows("__lunora_shape_subscription"));
  }

  @Test
  void subscribingAgainUnderTheSameIdReplacesIt() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", GENERAL);
    subscribe(socket, "s", RANDOM);
    send("general", "one");
    assertEquals(List.of(), socket.drain());
    send("random", "two");
    assertEquals(List.of("insert two"), ops(socket));
  }

  @Test
  void theCapCountsQueriesAndShapesTogether() {
    FakeSocket socket = connect("ann");
    for (int i = 0; i < ShardLimits.DEFAULT.subscriptionsPerSocket() - 1; i++) {
      subscribe(socket, "s" + i, GENERAL);
    }
    shard.message(
        socket,
        "{\"type\":\"subscribe\",\"id\":\"q\",\"query\":{\"functionPath\":\"system:who\"}}");
    assertEquals(List.of("ack", "data"), types(socket.drain()));
    assertEquals("TOO_MANY_SUBSCRIPTIONS", code(subscribe(socket, "more", GENERAL)));
  }

  @Test
  void hibernationForgetsNothingAndRescansNothing() {
    FakeSocket socket = connect("ann");
    send("general", "one");
    subscribe(socket, "s", GENERAL);
    for (int i = 0; i < 20; i++) {
      subscribe(socket, "more" + i, GENERAL.replace("general", "channel " + i));
    }
    shard.hibernate();
    host.sql().resetStatements();
    send("general", "two");
    assertEquals(List.of("insert two"), ops(socket));
    List<String> scans =
        host.sql().statements().stream()
            .filter(sql -> sql.contains("GROUP BY id") || sql.contains("\"channel\" IS ?"))
            .toList();
    assertEquals(List.of(), scans);
  }

  @Test
  void aShardThatDiedBeforeItToldMakesUpForItWhenItWakes() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", GENERAL);
    String id = send("general", "told");
    socket.drain();
    shard.fetchThenEvict(request("messages:remove", "{\"id\":" + id + "}"));
    shard.fetchThenEvict(
        request(
            "messages:send", "{\"channel\":\"general\",\"author\":\"ann\",\"body\":\"untold\"}"));
    assertEquals(List.of(), socket.drain());
    call("messages:list", "{\"channel\":\"elsewhere\"}");
    assertEquals(List.of("delete", "insert untold"), ops(socket));
    call("messages:list", "{\"channel\":\"elsewhere\"}");
    assertEquals(List.of(), socket.drain());
  }

  @Test
  void aPokeThatWasLostIsMadeUpForByAllRows() {
    for (int lost = 1; lost <= 3; lost++) {
      FakeSocket socket = connect("ann");
      subscribe(socket, "s", GENERAL);
      socket.failSends(lost);
      send("general", "lost");
      socket.failSends(0);
      socket.drain();
      shard.hibernate();
      send("random", "anything");
      List<String> frames = socket.drain();
      assertEquals(List.of("pokeStart", "pokePart", "pokeEnd"), types(frames));
      assertTrue(frames.get(1).contains("\"reset\":true"), frames::toString);
      send("general", "next");
      assertEquals(List.of("insert next"), ops(socket));
      shard.disconnect(socket);
    }
  }

  @Test
  void partsCarryTheClientsLastMutation() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", GENERAL.replace("general", "counted"));
    shard.fetch(
        request("counters:push", "{\"name\":\"n\",\"by\":1}")
            .header("x-lunora-userid", "ann")
            .header("x-lunora-client-id", "c-ann")
            .header("x-lunora-client-seq", "1"));
    assertEquals(List.of(), socket.drain());
    send("counted", "one");
    assertTrue(socket.drain().get(1).contains("\"lastMutationId\":1"));
  }

  @Test
  void anExpiredSocketIsClosedInsteadOfPoked() {
    FakeSocket socket =
        shard.connect(
            FakeHttpRequest.upgrade("https://shard.internal/_lunora/ws")
                .header("x-lunora-userid", "ann")
                .header("x-lunora-identity-exp", "" + (host.clock().nowMs() + 1000)));
    subscribe(socket, "s", GENERAL);
    host.clock().advance(1000);
    send("general", "one");
    assertEquals(List.of("error"), types(socket.drain()));
    assertEquals(4001, socket.closeCode());
    assertEquals(0, rows("__lunora_shape_subscription"));
  }

  @Test
  void aLargeSeedComesInSeveralParts() {
    String body = "é".repeat(4000);
    for (int i = 0; i < 200; i++) {
      send("general", body);
    }
    List<String> frames = subscribe(connect("ann"), "s", GENERAL);
    List<String> parts = frames.stream().filter(frame -> frame.contains("pokePart")).toList();
    assertEquals(3, parts.size());
    assertEquals(1, parts.stream().filter(part -> part.contains("\"reset\":true")).count());
    assertTrue(parts.get(0).contains("\"reset\":true"));
    for (String part : parts) {
      assertTrue(part.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= 900_000);
    }
    assertEquals(200, ops(frames).size());
  }

  @Test
  void aSeedLongerThanAResultMayBeIsRefused() {
    String body = "é".repeat(4000);
    for (int i = 0; i < 510; i++) {
      send("general", body);
    }
    FakeSocket socket = connect("ann");
    assertEquals("PAYLOAD_TOO_LARGE", code(subscribe(socket, "s", GENERAL)));
    assertEquals(0, rows("__lunora_shape"));
  }

  @Test
  void thoseWithTheSameRowsShareOneText() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sockets.add(connect("user" + i));
      subscribe(sockets.get(i), "s" + i, GENERAL);
    }
    assertEquals(1, rows("__lunora_shape"));
    host.sql().resetStatements();
    send("general", "one");
    for (FakeSocket socket : sockets) {
      assertEquals(List.of("insert one"), ops(socket));
    }
    // One statement for each of row, log and cursor, and what the mutation reads: no more for ten.
    assertTrue(host.sql().statements().size() < 10, () -> host.sql().statements().toString());
  }

  private boolean resumes(String query) {
    List<String> frames = subscribe(connect("ann"), "s", query);
    assertEquals(List.of("pokeStart", "pokePart", "pokeEnd", "ack"), types(frames));
    return !frames.get(1).contains("\"reset\":true");
  }

  private static String since(double checkpoint, String epoch) {
    return "\"sinceCheckpoint\":" + checkpoint + ",\"sinceEpoch\":\"" + epoch + "\",";
  }

  private FakeSocket connect(@org.jspecify.annotations.Nullable String user) {
    FakeHttpRequest upgrade = FakeHttpRequest.upgrade("https://shard.internal/_lunora/ws");
    if (user != null) {
      upgrade.header("x-lunora-userid", user);
    }
    FakeSocket socket = shard.connect(upgrade);
    shard.message(
        socket, "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"c-" + user + "\"}");
    return socket;
  }

  private List<String> subscribe(FakeSocket socket, String id, String rest) {
    shard.message(socket, "{\"type\":\"shape_subscribe\",\"id\":\"" + id + "\"," + rest + "}");
    return socket.drain();
  }

  private static String code(List<String> frames) {
    assertEquals(List.of("error"), types(frames));
    Value.Obj error = (Value.Obj) field(frames.get(0), "error");
    assertEquals(error.fields().get("code"), field(frames.get(0), "code"));
    return text(field(frames.get(0), "code"));
  }

  private static String epoch(List<String> frames) {
    return text(field(frames.get(0), "epoch"));
  }

  private static List<String> types(List<String> frames) {
    return frames.stream().map(frame -> text(field(frame, "type"))).toList();
  }

  /** What the parts of one poke say, short. */
  private static List<String> ops(FakeSocket socket) {
    List<String> frames = socket.drain();
    assertEquals("pokeStart", types(frames).get(0));
    assertEquals("pokeEnd", types(frames).get(frames.size() - 1));
    return ops(frames);
  }

  private static List<String> ops(List<String> frames) {
    List<String> ops = new ArrayList<>();
    for (String frame : frames) {
      if (text(field(frame, "type")).equals("pokePart")) {
        for (Value each : ((Value.Arr) field(frame, "rowsPatch")).items()) {
          Map<String, Value> op = ((Value.Obj) each).fields();
          String kind = text(op.getOrDefault("op", Value.Null.INSTANCE));
          ops.add(
              op.get("value") instanceof Value.Obj value
                  ? kind + " " + text(value.fields().getOrDefault("body", Value.Null.INSTANCE))
                  : kind);
        }
      }
    }
    return ops;
  }

  private static Value field(String frame, String name) {
    Value value = ((Value.Obj) Json.read(frame)).fields().get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + frame);
    }
    return value;
  }

  private static String text(Value value) {
    return ((Value.Str) value).value();
  }

  private int rows(String table) {
    return (int) host.sql().query("SELECT count(*) FROM \"" + table + "\"").number(0, 0);
  }

  private String send(String channel, String body) {
    return call(
        "messages:send",
        "{\"channel\":\"" + channel + "\",\"author\":\"ann\",\"body\":\"" + body + "\"}");
  }

  private FakeHttpRequest request(String path, String args) {
    return FakeHttpRequest.post(
        "https://shard.internal/rpc", "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}");
  }

  /** Calls a function and gives the JSON of its result. */
  private String call(String path, String args) {
    HttpResponse.Json answer = (HttpResponse.Json) shard.fetch(request(path, args));
    String body = answer.body().toString();
    assertEquals(200, answer.status(), body);
    return body.replaceFirst("^\\{\"result\":", "").replaceFirst("(,\"commitCursor\":\\d+)?}$", "");
  }
}
