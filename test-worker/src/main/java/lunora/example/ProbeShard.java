package lunora.example;

import java.util.List;
import java.util.Objects;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.local.SqlRows;
import lunora.host.remote.ActionHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The shard of the probe: one route for each host service. */
final class ProbeShard implements ShardHandler {

  private final ShardHost host;
  private int events;

  ProbeShard(ShardHost host) {
    this.host = host;
    host.sql()
        .execute("CREATE TABLE IF NOT EXISTS doc (id INTEGER PRIMARY KEY, body TEXT, b BLOB)");
    host.sql().execute("CREATE TABLE IF NOT EXISTS start (at INTEGER)");
    host.sql().execute("INSERT INTO start VALUES (?)", host.clock().nowMs());
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actions) {
    events++;
    return switch (request.path()) {
      case "/_lunora/hello" -> HttpResponse.json(200, hello());
      case "/_lunora/insert" -> insert(request);
      case "/_lunora/echo" -> HttpResponse.json(200, JsonText.of(request.readText(100_000)));
      case "/_lunora/query" ->
          HttpResponse.json(200, host.sql().query("SELECT body FROM doc ORDER BY id").jsonArray(0));
      case "/_lunora/rollback" -> rollback();
      case "/_lunora/values" -> values();
      case "/_lunora/sql-error" -> sqlError();
      case "/_lunora/commit-error" -> commitError();
      case "/_lunora/shard-throw" ->
          throw new IllegalStateException(
              "thrown in the shard", new NullPointerException("the cause"));
      case "/_lunora/npe" -> HttpResponse.text(200, String.valueOf(length(null)));
      case "/_lunora/js-error" ->
          HttpResponse.text(200, String.valueOf(actions.fetcher().status("no url")));
      case "/_lunora/js-caught" -> caught(actions);
      case "/_lunora/deferred" -> deferred();
      case "/_lunora/log" -> log();
      case "/_lunora/live" ->
          actions.acceptSocket(
              "all",
              "attached:"
                  + request.header("x-lunora-user")
                  + ":"
                  + request.header("x-lunora-evil"));
      default -> HttpResponse.text(404, "no route " + request.path());
    };
  }

  private JsonText hello() {
    double starts = host.sql().query("SELECT count(*) FROM start").number(0, 0);
    return host.texts()
        .sink()
        .raw("{\"shard\":")
        .string(host.shardKey())
        .raw(",\"starts\":")
        .number(starts)
        .raw(",\"sockets\":")
        .number(host.sockets().all().size())
        .raw(",\"events\":")
        .number(events)
        .raw("}")
        .finish();
  }

  private HttpResponse insert(HttpRequest request) {
    String body = request.readText(100_000);
    host.sql()
        .transaction(
            () -> {
              host.sql().execute("INSERT INTO doc (body) VALUES (?)", body);
              return null;
            });
    return HttpResponse.json(200, JsonText.of("{\"ok\":true}"));
  }

  private HttpResponse rollback() {
    double before = count();
    IllegalStateException thrown = new IllegalStateException("roll back");
    try {
      host.sql()
          .transaction(
              () -> {
                host.sql().execute("INSERT INTO doc (body) VALUES ('1')");
                throw thrown;
              });
      return HttpResponse.text(500, "not thrown");
    } catch (IllegalStateException e) {
      return HttpResponse.text(200, "same=" + (e == thrown) + " undone=" + (before == count()));
    }
  }

  private double count() {
    return host.sql().query("SELECT count(*) FROM doc").number(0, 0);
  }

  private HttpResponse values() {
    byte[] bytes = host.random().bytes(4);
    bytes[0] = (byte) 0xff;
    SqlRows rows =
        host.sql()
            .query(
                "SELECT ?, ?, ?, ?, ?, ?, ?",
                "tëxt 😀",
                JsonText.of("{\"a\":1}"),
                7,
                1L << 53,
                1.5,
                bytes,
                null);
    JsonText json = rows.json(0, 1);
    String refused = "accepted";
    try {
      host.sql().query("SELECT ?", true);
    } catch (IllegalArgumentException e) {
      refused = String.valueOf(e.getMessage());
    }
    return HttpResponse.text(
        200,
        rows.text(0, 0)
            + " "
            + json
            + " "
            + json.length()
            + " "
            + json.sameAs(JsonText.of("{\"a\":1}"))
            + " "
            + rows.number(0, 2)
            + " "
            + (rows.number(0, 3) == 9007199254740992.0)
            + " "
            + rows.number(0, 4)
            + " "
            + java.util.Arrays.equals(rows.blob(0, 5), bytes)
            + " "
            + rows.isNull(0, 6)
            + " "
            + refused
            + " "
            + host.random().uuid().length()
            + " "
            + (host.random().next() < 1)
            + " "
            + (host.sql().sizeBytes() > 0)
            + " "
            + host.texts()
                .sink()
                .number(-0.0)
                .raw(",")
                .number(1e21)
                .raw(",")
                .string("\"\u2028")
                .finish());
  }

  private HttpResponse sqlError() {
    try {
      host.sql().execute("INSERT INTO doc (id) VALUES (1), (1)");
      return HttpResponse.text(500, "not thrown");
    } catch (RuntimeException e) {
      return HttpResponse.text(200, e.toString());
    }
  }

  private HttpResponse commitError() {
    host.sql().execute("CREATE TABLE IF NOT EXISTS p (id INTEGER PRIMARY KEY)");
    host.sql()
        .execute(
            "CREATE TABLE IF NOT EXISTS c (p INTEGER REFERENCES p(id) DEFERRABLE INITIALLY DEFERRED)");
    try {
      host.sql()
          .transaction(
              () -> {
                host.sql().execute("INSERT INTO c VALUES (99)");
                return null;
              });
      return HttpResponse.text(200, "committed");
    } catch (RuntimeException e) {
      return HttpResponse.text(200, e.toString());
    }
  }

  private static HttpResponse caught(ActionHost actions) {
    try {
      return HttpResponse.text(500, "status " + actions.fetcher().status("no url"));
    } catch (RuntimeException e) {
      return HttpResponse.text(200, e.toString());
    }
  }

  private HttpResponse deferred() {
    host.deferred()
        .afterResponse(
            () -> {
              throw new IllegalStateException("deferred failure");
            });
    host.deferred()
        .afterResponse(() -> host.log().log(LogSink.Level.INFO, "deferred second", null));
    return HttpResponse.text(200, "queued");
  }

  private HttpResponse log() {
    host.log().log(LogSink.Level.DEBUG, "a debug line", null);
    host.log().log(LogSink.Level.WARN, "a warning", new IllegalArgumentException("never thrown"));
    return HttpResponse.text(200, "logged");
  }

  private static int length(@Nullable String text) {
    return Objects.requireNonNull(text).length();
  }

  @Override
  public void socketMessage(Socket socket, String frame) {
    if (frame.equals("throw")) {
      throw new IllegalStateException("thrown in a socket handler");
    }
    if (frame.equals("close")) {
      socket.close(4000, "asked for");
      return;
    }
    if (frame.equals("all")) {
      List<Socket> all = host.sockets().tagged("all");
      List<JsonText> heads = all.stream().map(s -> JsonText.of("\"head ")).toList();
      boolean[] taken = host.sockets().sendEach(all, heads, JsonText.of("tail\""));
      socket.send(JsonText.of("\"taken " + taken.length + " " + taken[0] + "\""));
      return;
    }
    socket.send(
        host.texts()
            .sink()
            .raw("{\"frame\":")
            .string(frame)
            .raw(",\"attachment\":")
            .string(socket.attachment())
            .raw(",\"buffered\":")
            .number(socket.bufferedBytes())
            .raw(",\"any\":" + host.sockets().any() + "}")
            .finish());
    socket.attach("attached:" + frame);
  }

  @Override
  public void socketClosed(Socket socket) {
    host.log().log(LogSink.Level.INFO, "socket closed, open " + host.sockets().any(), null);
  }
}
