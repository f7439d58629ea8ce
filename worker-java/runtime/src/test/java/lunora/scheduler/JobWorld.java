package lunora.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lunora.api.RetryPolicy;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.testkit.FakeBindings;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.wire.JsonText;

/** A scheduler before shards that do as a test says and write down what they were asked. */
final class JobWorld implements AutoCloseable {

  final FakeClock clock = new FakeClock();
  final FakeShardHost host;
  final FakeShard scheduler;

  /** The tries in order: job, attempt and time since the start. */
  final List<Try> tries = new ArrayList<>();

  /** How many tries of a job fail, by function path. */
  final Map<String, Integer> failures = new HashMap<>();

  /** What a shard does when it is asked, besides answering. */
  Runnable meanwhile = () -> {};

  private final long startMs = clock.nowMs();

  /** One try as the shard saw it. */
  record Try(String shardKey, String id, int attempt, String body, long atMs) {}

  JobWorld(RetryPolicy retry) {
    FakeBindings bindings = new FakeBindings();
    bindings.bind(new Shards());
    host = FakeShardHost.inMemory("default", clock, new FakeFetcher(), bindings);
    scheduler =
        new FakeShard(
            host,
            (woken, background) ->
                new SchedulerActor(
                    woken, background, new SchedulerSettings("__root__", retry, Map.of())));
  }

  /** Asks by a path, with a body or without one. */
  String ask(String path, String body) {
    return answer(FakeHttpRequest.post("https://scheduler" + path, body));
  }

  String look(String path) {
    return answer(FakeHttpRequest.get("https://scheduler" + path));
  }

  private String answer(FakeHttpRequest request) {
    if (scheduler.fetch(request) instanceof HttpResponse.Json json) {
      return (json.status() == 200 ? "" : json.status() + " ") + json.body();
    }
    throw new AssertionError("no JSON");
  }

  /** Schedules a call after a delay. */
  void schedule(String id, String functionPath, long delayMs) {
    schedule(id, functionPath, delayMs, "");
  }

  /** The same with more members of the request. */
  void schedule(String id, String functionPath, long delayMs, String more) {
    String answer =
        ask(
            "/schedule",
            "{\"id\":\"%s\",\"functionPath\":\"%s\",\"scheduledFor\":%d%s}"
                .formatted(id, functionPath, clock.nowMs() + delayMs, more));
    if (!answer.startsWith("{\"id\":")) {
      throw new AssertionError(answer);
    }
  }

  /** Lets time pass, with every alarm at its time. */
  void pass(long ms) {
    long until = clock.nowMs() + ms;
    OptionalLong due = host.alarm().scheduledMs();
    for (int rings = 0; due.isPresent() && due.getAsLong() <= until; rings++) {
      if (rings == 10_000) {
        throw new AssertionError("the alarm is due again and again");
      }
      clock.advance(Math.max(0, due.getAsLong() - clock.nowMs()));
      scheduler.ring();
      due = host.alarm().scheduledMs();
    }
    clock.advance(Math.max(0, until - clock.nowMs()));
  }

  /** When each try of the job began. */
  List<Long> times(String id) {
    return tries.stream().filter(each -> each.id().equals(id)).map(Try::atMs).toList();
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private final class Shards implements ShardNamespace {

    @Override
    public HttpResponse.Json post(
        String shardKey, String path, Map<String, String> headers, String body) {
      String id = String.valueOf(headers.get("x-lunora-mutation-id"));
      int attempt = Integer.parseInt(String.valueOf(headers.get("x-lunora-attempt")));
      tries.add(new Try(shardKey, id, attempt, body, clock.nowMs() - startMs));
      meanwhile.run();
      String called = body.substring("{\"functionPath\":\"".length(), body.indexOf("\",\"args\""));
      if (called.startsWith("gone")) {
        throw new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "The shard cannot be reached");
      }
      boolean fails = attempt <= failures.getOrDefault(called, 0);
      return fails
          ? HttpResponse.json(
              409, JsonText.of("{\"error\":{\"code\":\"CONFLICT\",\"message\":\"not yet\"}}"))
          : HttpResponse.json(200, JsonText.of("{\"result\":null}"));
    }

    @Override
    public List<ShardReply> postAll(List<ShardPost> posts) {
      throw new IllegalStateException("jobs are begun one by one");
    }

    @Override
    public List<ShardReply> postAll(List<ShardPost> posts, int atOnce, long timeoutMs) {
      return postAll(posts);
    }

    @Override
    public HttpResponse upgrade(String shardKey, HttpRequest request, Map<String, String> headers) {
      throw new IllegalStateException("a job opens no socket");
    }
  }
}
