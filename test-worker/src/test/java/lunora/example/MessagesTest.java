package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.error.LunoraException;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Page;
import lunora.test.LiveQuery;
import lunora.test.TestBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aChannelIsListedNewestFirst() {
    send("general", "ann", "one");
    send("general", "bob", "two");
    send("random", "cid", "elsewhere");
    assertEquals(List.of("two", "one"), bodies(list("general", 50)));
    assertEquals(List.of("two"), bodies(list("general", 1)));
    assertEquals(List.of(), list("empty", 50));
  }

  @Test
  void fiftyMessagesAreListedUnlessMoreAreAskedFor() {
    for (int i = 0; i < 60; i++) {
      send("general", "ann", "message " + i);
    }
    String answer =
        backend
            .rpc("{\"functionPath\":\"messages:list\",\"args\":{\"channel\":\"general\"}}")
            .body();
    assertEquals(50, answer.split("\"_id\"", -1).length - 1);
    assertEquals(60, list("general", 200).size());
  }

  @Test
  void aMessageIsFoundEditedAndRemoved() {
    Id<Message> id = send("general", "ann", "helo");
    backend.mutation(MessagesFunctions.edit(id, "hello"));
    Optional<Doc<Message>> found = backend.query(MessagesFunctions.get(id));
    assertEquals(Optional.of(new Message("general", "ann", "hello")), found.map(Doc::value));
    backend.mutation(MessagesFunctions.remove(id));
    assertEquals(Optional.empty(), backend.query(MessagesFunctions.get(id)));
    assertEquals("NOT_FOUND", refusal(() -> backend.mutation(MessagesFunctions.remove(id))).code());
    assertEquals(
        "NOT_FOUND", refusal(() -> backend.mutation(MessagesFunctions.edit(id, "x"))).code());
  }

  @Test
  void pagesLeadThroughAChannel() {
    for (int i = 0; i < 7; i++) {
      send("general", "ann", "message " + i);
    }
    List<String> seen = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Doc<Message>> page = backend.query(MessagesFunctions.page("general", cursor, 3));
      seen.addAll(bodies(page.page()));
      cursor = page.continueCursor();
      assertEquals(page.isDone(), cursor == null);
    } while (cursor != null);
    assertEquals(bodies(list("general", 200)), seen);
    assertEquals(
        "BAD_REQUEST",
        refusal(() -> backend.query(MessagesFunctions.page("general", "nonsense", 3))).code());
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("args.author: length 0 is not within 1 to 80 characters", "general", "", "x");
    refused(
        "args.author: length 81 is not within 1 to 80 characters", "general", "a".repeat(81), "x");
    refused("args.body: length 0 is not within 1 to 4000 characters", "general", "ann", "");
    refused(
        "args.body: length 4001 is not within 1 to 4000 characters",
        "general",
        "ann",
        "x".repeat(4001));
    assertEquals(
        "args.limit: is not within 1 to 200", refusal(() -> list("general", 201)).getMessage());
    assertEquals(
        "args.numItems: is not within 1 to 1000",
        refusal(() -> backend.query(MessagesFunctions.page("general", null, 0))).getMessage());
    LunoraException missing =
        backend.rpc("{\"functionPath\":\"messages:list\",\"args\":{}}").refusal();
    assertEquals("args.channel: is required", missing.getMessage());
    assertEquals("VALIDATION_ERROR", missing.code());
    assertEquals(400, missing.status());
  }

  @Test
  void whoWatchesAChannelSeesWhatHappensInIt() {
    for (int i = 0; i < 3; i++) {
      send("general", "ann", "message " + i);
    }
    LiveQuery<List<Doc<Message>>> live = backend.subscribe(MessagesFunctions.list("general", 50));
    Id<Message> id = send("general", "bob", "new");
    assertEquals("delta", live.nextFrame().type());
    assertEquals(List.of("new", "message 2", "message 1", "message 0"), bodies(live.current()));
    backend.mutation(MessagesFunctions.edit(id, "newer"));
    assertEquals("newer", live.current().get(0).value().body());
    backend.mutation(MessagesFunctions.edit(id, "newer"));
    live.expectUnchanged();
    backend.mutation(MessagesFunctions.remove(id));
    assertEquals(3, live.current().size());
    send("random", "bob", "elsewhere");
    live.expectNothing();
  }

  @Test
  void watchersOutliveHibernationAndResumeAfterARestart() {
    LiveQuery<List<Doc<Message>>> live = backend.subscribe(MessagesFunctions.list("general", 50));
    backend.hibernate();
    send("general", "ann", "one");
    assertEquals(List.of("one"), bodies(live.current()));
    backend.restart();
    live.connection().reconnect();
    assertEquals("resume", live.seed().type());
    send("general", "ann", "two");
    assertEquals(List.of("two", "one"), bodies(live.current()));
  }

  @Test
  void aWatchedPageAndAWatchedMessageChangeToo() {
    Id<Message> id = send("general", "ann", "one");
    LiveQuery<Page<Doc<Message>>> page =
        backend.subscribe(MessagesFunctions.page("general", null, 2));
    LiveQuery<Optional<Doc<Message>>> one = backend.subscribe(MessagesFunctions.get(id));
    send("general", "ann", "two");
    assertEquals(List.of("two", "one"), bodies(page.current().page()));
    one.expectNothing();
    backend.mutation(MessagesFunctions.remove(id));
    assertFalse(one.current().isPresent());
    assertTrue(page.current().isDone());
  }

  private void refused(String message, String channel, String author, String body) {
    assertEquals(message, refusal(() -> send(channel, author, body)).getMessage());
  }

  private static LunoraException refusal(Runnable call) {
    return assertThrows(LunoraException.class, call::run);
  }

  private Id<Message> send(String channel, String author, String body) {
    backend.clock().advance(1);
    return backend.mutation(MessagesFunctions.send(channel, author, body));
  }

  private List<Doc<Message>> list(String channel, int limit) {
    return backend.query(MessagesFunctions.list(channel, limit));
  }

  private static List<String> bodies(List<Doc<Message>> messages) {
    return messages.stream().map(message -> message.value().body()).toList();
  }
}
