package lunora.bindings;

import java.util.List;
import lunora.bridge.workers.ByteStream;
import lunora.bridge.workers.FetchClient;
import lunora.bridge.workers.WorkersHeaders;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;
import org.jspecify.annotations.Nullable;

/** Request, response, headers, URL, streams and outgoing requests. */
final class FetchRoutes {

  private FetchRoutes() {}

  static WorkersResponse answer(String action, WorkersRequest request, WorkersUrl url) {
    return switch (action) {
      case "echo" -> echo(request, url);
      case "headers" -> headers();
      case "url" -> url();
      case "bytes" -> WorkersResponse.bytes(200, request.bytes()).with("x-made", "yes");
      case "copies" -> copies(request);
      case "stream" -> WorkersResponse.stream(200, counting(url));
      case "measured" -> WorkersResponse.stream(200, counting(url).ofLength(6));
      case "chunks" -> chunks(request);
      case "tee" -> tee(request);
      case "cancel" -> cancel(request);
      case "redirect" -> WorkersResponse.redirect(302, "https://example.com/there");
      case "empty" -> WorkersResponse.empty(204);
      case "refused" -> refused(request);
      case "out" -> out(url);
      case "post" -> post(url);
      case "fail" -> fail(url);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse echo(WorkersRequest request, WorkersUrl url) {
    return new Answer()
        .put("method", request.method())
        .put("path", url.path())
        .put("q", url.query("q"))
        .put("header", request.headers().get("X-Test"))
        .put("used", request.bodyUsed())
        .put("hasBody", request.body() != null)
        .put("body", request.text())
        .put("usedAfter", request.bodyUsed())
        .put("cfIsText", request.cf("colo") != null)
        .ok();
  }

  private static WorkersResponse headers() {
    WorkersHeaders headers = new WorkersHeaders();
    headers.set("B", "1");
    headers.append("a", "2");
    headers.append("A", "3");
    headers.set("gone", "x");
    headers.delete("GONE");
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    return new Answer()
        .put("a", headers.get("A"))
        .put("hasB", headers.has("b"))
        .put("gone", headers.get("gone"))
        .put("cookies", headers.setCookies())
        .put("names", List.copyOf(headers.toMap().keySet()))
        .put("badName", Refusal.of(() -> headers.set("b d", "x")))
        .put("badValue", Refusal.of(() -> headers.set("b", "x\ny")))
        .ok();
  }

  private static WorkersResponse url() {
    WorkersUrl url = WorkersUrl.parse("https://u@Example.com:8443/a/../b%20c?x=1&y=%C3%A9&x=2#h");
    return new Answer()
        .put("href", url.toString())
        .put("origin", url.origin())
        .put("protocol", url.protocol())
        .put("hostname", url.hostname())
        .put("port", url.port())
        .put("path", url.path())
        .put("search", url.search())
        .put("hash", url.hash())
        .put("x", url.queryAll("x"))
        .put("y", url.query("y"))
        .put("z", url.query("z"))
        .put("with", url.withQuery("x", "ä").search())
        .put("unchanged", url.search())
        .put("resolved", url.resolve("../d?e").toString())
        .put("relative", Refusal.of(() -> WorkersUrl.parse("/a")))
        .ok();
  }

  private static WorkersResponse copies(WorkersRequest request) {
    WorkersRequest copy = request.copy();
    String first = request.text();
    WorkersResponse made = WorkersResponse.text(200, "made");
    WorkersResponse madeCopy = made.copy();
    return new Answer()
        .put("first", first)
        .put("second", copy.text())
        .put("again", Refusal.ofWork(() -> request.text()))
        .put("made", made.text() + madeCopy.text())
        .put("madeUsed", made.bodyUsed())
        .ok();
  }

  /** Three chunks of two bytes; with {@code fail}, the source throws after the first. */
  private static ByteStream counting(WorkersUrl url) {
    boolean fails = url.query("fail") != null;
    int[] count = {0};
    return ByteStream.of(
        () -> {
          count[0]++;
          if (fails && count[0] == 2) {
            throw new IllegalStateException("the source broke");
          }
          byte digit = (byte) ('0' + count[0]);
          return count[0] > 3 ? null : new byte[] {digit, digit};
        });
  }

  private static WorkersResponse chunks(WorkersRequest request) {
    ByteStream body = required(request.body());
    int bytes = 0;
    int sum = 0;
    for (byte[] chunk = body.read(); chunk != null; chunk = body.read()) {
      bytes += chunk.length;
      for (byte b : chunk) {
        sum += b & 255;
      }
    }
    return new Answer().put("bytes", bytes).put("sum", sum).ok();
  }

  private static WorkersResponse tee(WorkersRequest request) {
    List<ByteStream> both = required(request.body()).tee();
    byte[] first = both.get(0).readAll();
    byte[] second = both.get(1).readAll();
    return new Answer().put("first", first).put("second", second).ok();
  }

  private static WorkersResponse cancel(WorkersRequest request) {
    ByteStream body = required(request.body());
    boolean read = body.read() != null;
    String other = Refusal.ofWork(() -> request.text());
    body.cancel();
    return new Answer().put("read", read).put("other", other).put("rest", body.read()).ok();
  }

  private static ByteStream required(@Nullable ByteStream body) {
    if (body == null) {
      throw new IllegalArgumentException("send a body");
    }
    return body;
  }

  private static WorkersResponse refused(WorkersRequest request) {
    return new Answer()
        .put("status", Refusal.of(() -> WorkersResponse.empty(99)))
        .put("bodyOf204", Refusal.of(() -> WorkersResponse.text(204, "x")))
        .put("redirectStatus", Refusal.of(() -> WorkersResponse.redirect(200, "https://a.b/")))
        .put("inboundHeaders", Refusal.of(() -> request.headers().set("a", "b")))
        .put("relative", Refusal.of(() -> WorkersRequest.to("/a").build()))
        .put("bodyOfGet", Refusal.of(() -> WorkersRequest.to("https://a.b/").body("x").build()))
        .put("redirectError", Refusal.of(() -> redirectError()))
        .ok();
  }

  private static void redirectError() {
    WorkersRequest.to("https://a.b/").redirect(WorkersRequest.Redirect.ERROR).build();
  }

  private static WorkersResponse out(WorkersUrl url) {
    String to = String.valueOf(url.query("to"));
    WorkersResponse followed = FetchClient.get(to + "/redirect");
    WorkersResponse kept =
        FetchClient.fetch(
            WorkersRequest.to(to + "/redirect").redirect(WorkersRequest.Redirect.MANUAL).build());
    return new Answer()
        .put("followed", followed.text())
        .put("url", followed.url())
        .put("redirected", followed.redirected())
        .put("statusText", followed.statusText())
        .put("keptStatus", kept.status())
        .put("location", kept.headers().get("location"))
        .put("missing", FetchClient.get(to + "/missing").status())
        .ok();
  }

  private static WorkersResponse post(WorkersUrl url) {
    String to = url.query("to") + "/post";
    WorkersResponse text =
        FetchClient.fetch(
            WorkersRequest.to(to).method("POST").header("x-test", "é1").body("hé").build());
    WorkersResponse bytes =
        FetchClient.fetch(
            WorkersRequest.to(to).method("PUT").body(new byte[] {0, (byte) 255}).build());
    WorkersResponse stream =
        FetchClient.fetch(WorkersRequest.to(to).method("POST").body(counting(url)).build());
    return new Answer()
        .put("text", text.text())
        .put("bytes", bytes.text())
        .put("stream", stream.text())
        .ok();
  }

  private static WorkersResponse fail(WorkersUrl url) {
    String to = String.valueOf(url.query("to"));
    return new Answer()
        .put("closedPort", Refusal.ofWork(() -> FetchClient.get("http://127.0.0.1:1/")))
        .put("timeout", Refusal.ofWork(() -> timedOut(to + "/slow")))
        .put("brokenOff", Refusal.ofWork(() -> FetchClient.get(to + "/broken").text()))
        .ok();
  }

  private static void timedOut(String url) {
    FetchClient.fetch(WorkersRequest.to(url).timeoutMs(50).build());
  }
}
