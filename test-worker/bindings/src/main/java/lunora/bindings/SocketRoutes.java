package lunora.bindings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lunora.bridge.workers.AutoResponse;
import lunora.bridge.workers.FetchClient;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.HibernatingSockets;
import lunora.bridge.workers.SocketClose;
import lunora.bridge.workers.SocketListener;
import lunora.bridge.workers.SocketPair;
import lunora.bridge.workers.WebCrypto;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersSocket;
import lunora.bridge.workers.WorkersUrl;

/** WebSockets: hibernating ones of an object, and those that stay awake in a Worker. */
final class SocketRoutes {

  private final HibernatingSockets sockets;
  private int messages;

  SocketRoutes(HibernatingSockets sockets) {
    this.sockets = sockets;
  }

  WorkersResponse answer(String action, WorkersUrl url) {
    return switch (action) {
      case "open" -> open(url);
      case "list" -> list(url);
      case "respond" -> respond();
      case "silence" -> silence();
      case "timeout" -> timeout();
      case "push" -> push(url);
      case "refused" -> refused();
      default -> WorkersResponse.text(404, action);
    };
  }

  private WorkersResponse open(WorkersUrl url) {
    SocketPair pair = SocketPair.create();
    String name = String.valueOf(url.query("name"));
    sockets.accept(pair.server(), "all", "name:" + name);
    pair.server().attach(name);
    return WorkersResponse.upgrade(pair.client());
  }

  private WorkersResponse list(WorkersUrl url) {
    String tag = url.query("tag");
    List<WorkersSocket> found = tag == null ? sockets.all() : sockets.tagged(tag);
    List<String> names = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    List<WorkersSocket.ReadyState> states = new ArrayList<>();
    List<Boolean> responded = new ArrayList<>();
    for (WorkersSocket socket : found) {
      names.add(String.valueOf(socket.attachment()));
      tags.addAll(sockets.tags(socket));
      states.add(socket.readyState());
      OptionalLong at = sockets.respondedAtMs(socket);
      responded.add(at.isPresent() && at.getAsLong() > 1_700_000_000_000L);
    }
    return new Answer()
        .put("names", names)
        .put("tags", tags)
        .put("states", states)
        .put("responded", responded)
        .put("messages", messages)
        .ok();
  }

  private WorkersResponse respond() {
    boolean before = sockets.autoResponse() != null;
    sockets.respond(new AutoResponse("ping", "pong é"));
    AutoResponse set = sockets.autoResponse();
    return new Answer()
        .put("before", before)
        .put("request", set == null ? null : set.request())
        .put("response", set == null ? null : set.response())
        .ok();
  }

  private WorkersResponse silence() {
    sockets.respondToNothing();
    return new Answer().put("none", sockets.autoResponse() == null).ok();
  }

  private WorkersResponse timeout() {
    OptionalLong before = sockets.eventTimeoutMs();
    sockets.limitEvents(5_000);
    OptionalLong set = sockets.eventTimeoutMs();
    sockets.limitEventsNoMore();
    return new Answer()
        .put("before", before)
        .put("set", set)
        .put("after", sockets.eventTimeoutMs())
        .put("tooLong", Refusal.of(() -> tooLong()))
        .ok();
  }

  private void tooLong() {
    sockets.limitEvents(HibernatingSockets.EVENT_TIMEOUT_MS_MAX + 1);
  }

  /** Sends many bytes at once, so that some of them wait. */
  private WorkersResponse push(WorkersUrl url) {
    WorkersSocket socket = sockets.tagged("name:" + url.query("name")).get(0);
    long before = socket.bufferedBytes();
    socket.send("x".repeat(100_000));
    return new Answer().put("before", before).put("after", socket.bufferedBytes()).ok();
  }

  private WorkersResponse refused() {
    WorkersSocket server = SocketPair.create().server();
    String[] tags = "a b c d e f g h i j k".split(" ");
    WorkersSocket open = SocketPair.create().server();
    sockets.accept(open, "probe");
    Answer answer =
        new Answer()
            .put("manyTags", Refusal.of(() -> sockets.accept(server, tags)))
            .put("longTag", Refusal.of(() -> sockets.accept(server, "t".repeat(257))))
            .put("twice", Refusal.of(() -> sockets.accept(open)))
            .put("tagsOfOther", Refusal.of(() -> sockets.tags(SocketPair.create().server())))
            .put("attachment", Refusal.of(() -> open.attach("a".repeat(16_380))))
            .put("noAttachment", open.attachment())
            .put("closeCode", Refusal.of(() -> open.close(1005, "")))
            .put("closeReason", Refusal.of(() -> open.close(1000, "a".repeat(124))))
            .put("longPair", Refusal.of(() -> respondWithMuch()));
    open.close(1000, "done");
    return answer.put("sendAfterClose", Refusal.of(() -> open.send("late"))).ok();
  }

  private void respondWithMuch() {
    sockets.respond(new AutoResponse("p".repeat(2049), "x"));
  }

  void text(WorkersSocket socket, String message) {
    messages++;
    if (message.equals("close me")) {
      socket.close(4001, "as you wish");
    } else if (message.startsWith("attach ")) {
      socket.attach(message.substring(7));
    } else {
      // Waits, to show that an event of a socket may.
      WebCrypto.digest(HashAlgorithm.SHA_256, message.getBytes(StandardCharsets.UTF_8));
      socket.send(socket.attachment() + ":" + message + ":" + messages);
    }
  }

  /** In a Worker without an object: an echo, and a client of it. */
  static WorkersResponse inWorker(String action, WorkersUrl url) {
    return switch (action) {
      case "echo" -> echo();
      case "client" -> client(String.valueOf(url.query("to")));
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse echo() {
    SocketPair pair = SocketPair.create();
    WorkersSocket server = pair.server();
    server.listen(
        new SocketListener() {
          @Override
          public void text(String message) {
            server.send("echo " + message);
          }

          @Override
          public void bytes(byte[] message) {
            server.send(message);
          }
        });
    return WorkersResponse.upgrade(pair.client());
  }

  private static WorkersResponse client(String to) {
    List<String> events = new ArrayList<>();
    WorkersSocket socket = FetchClient.connect(to + "/upgrade");
    socket.listen(
        new SocketListener() {
          @Override
          public void text(String message) {
            events.add("text " + message);
          }

          @Override
          public void bytes(byte[] message) {
            events.add("bytes " + Hex.of(message));
          }

          @Override
          public void closed(SocketClose close) {
            events.add("closed " + close.code() + " " + close.reason());
          }
        });
    socket.send("hé");
    socket.send(new byte[] {1, 2});
    socket.send("bye");
    for (int i = 0; i < 100 && events.size() < 3; i++) {
      FetchClient.get(to + "/tick").text();
    }
    return new Answer()
        .put("events", events)
        .put("noUpgrade", Refusal.ofWork(() -> FetchClient.connect(to + "/missing")))
        .ok();
  }
}
