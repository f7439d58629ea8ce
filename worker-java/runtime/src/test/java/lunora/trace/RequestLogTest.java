package lunora.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.TestApp;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.testkit.RecordingLogSink;
import lunora.testkit.SeededRandom;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OWASP ASVS 5.0: 16.2.1 to 16.2.5 (what a log says and what it must not). */
class RequestLogTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Worker worker = Worker.of(TestApp.module());
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards);

  @AfterEach
  void close() {
    shards.close();
  }

  @Test
  void aRequestAndItsCallAreOneLineEachUnderOneTrace() {
    host.set("LUNORA_LOG", "all");
    HttpResponse.Json answer = add(PARENT);
    Map<String, Value> request = only("request", host.log().lines(LogSink.Level.INFO));
    assertEquals(new Value.Str("4bf92f3577b34da6a3ce929d0e0e4736"), request.get("trace"));
    assertEquals(new Value.Str("POST"), request.get("method"));
    assertEquals(new Value.Str("/_lunora/rpc"), request.get("path"));
    assertEquals(new Value.Num(200), request.get("status"));
    Map<String, Value> call =
        only("call", shards.shard("__root__").host().log().lines(LogSink.Level.INFO));
    assertEquals(request.get("trace"), call.get("trace"));
    assertEquals(new Value.Str("counters:add"), call.get("function"));
    assertEquals(new Value.Str("__root__"), call.get("shard"));
    assertEquals(new Value.Str("OK"), call.get("code"));
    assertEquals(new Value.Num(1), call.get("rowsWritten"));
    assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", answer.headers().get("x-request-id"));
  }

  @Test
  void aRefusalIsLoggedWithItsCode() {
    host.set("LUNORA_LOG", "all");
    fetch("/_lunora/rpc?token=secret", "{\"functionPath\":\"no:such\"}", PARENT);
    Map<String, Value> call =
        only("call", shards.shard("__root__").host().log().lines(LogSink.Level.INFO));
    assertEquals(new Value.Str("FUNCTION_NOT_FOUND"), call.get("code"));
    assertFalse(host.log().lines(LogSink.Level.INFO).toString().contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "errors", "nonsense", "0", "2", "-1", "NaN"})
  void onlyFailuresAreLoggedUnlessTheDeploymentSaysMore(String setting) {
    if (!setting.isEmpty()) {
      host.set("LUNORA_LOG", setting);
    }
    assertNull(add(PARENT).headers().get("x-request-id"));
    assertEquals(List.of(), host.log().lines(LogSink.Level.INFO));
    shards.cutOff("__root__");
    HttpResponse.Json failed = add(PARENT);
    assertEquals(503, failed.status());
    Map<String, Value> line = only("request", host.log().lines(LogSink.Level.ERROR));
    assertEquals(new Value.Num(503), line.get("status"));
    assertEquals(
        line.get("trace"), new Value.Str(String.valueOf(failed.headers().get("x-request-id"))));
  }

  @Test
  void offIsOff() {
    host.set("LUNORA_LOG", "off");
    shards.cutOff("__root__");
    add(PARENT);
    assertEquals(List.of(), host.log().lines(LogSink.Level.ERROR));
  }

  @Test
  void aShareIsAShare() {
    host.set("LUNORA_LOG", "0.5");
    RequestLog log = RequestLog.of("0.5");
    int traced = 0;
    for (int i = 0; i < 1000; i++) {
      traced += log.begin(FakeHttpRequest.get("https://app.test/"), host) == null ? 0 : 1;
    }
    assertTrue(traced > 400 && traced < 600, "" + traced);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473\"-00f067aa0ba902b7-01",
      })
  void aMalformedParentBeginsANewTrace(String header) {
    assertNull(Trace.parse(header));
    Trace trace = Trace.continued(header, new SeededRandom(7));
    assertTrue(trace.id().matches("[0-9a-f]{32}"), trace.id());
    assertEquals(trace, Trace.parse(trace.header()));
  }

  private static Map<String, Value> only(String type, List<RecordingLogSink.Line> lines) {
    List<Map<String, Value>> found = new ArrayList<>();
    for (RecordingLogSink.Line line : lines) {
      Map<String, Value> fields = ((Value.Obj) Json.read(line.text())).fields();
      if (new Value.Str(type).equals(fields.get("type"))) {
        found.add(fields);
      }
    }
    assertEquals(1, found.size(), lines.toString());
    return found.get(0);
  }

  private HttpResponse.Json add(String traceParent) {
    return fetch(
        "/_lunora/rpc",
        "{\"functionPath\":\"counters:add\",\"args\":{\"name\":\"a\",\"by\":1}}",
        traceParent);
  }

  private HttpResponse.Json fetch(String path, String body, String traceParent) {
    FakeHttpRequest request =
        FakeHttpRequest.post("https://app.test" + path, body).header("traceparent", traceParent);
    HttpResponse answer = worker.edge().fetch(request, host);
    return (HttpResponse.Json) (answer instanceof FakeForeign foreign ? foreign.inner() : answer);
  }
}
