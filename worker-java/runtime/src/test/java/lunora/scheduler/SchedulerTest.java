package lunora.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lunora.api.Backoff;
import lunora.api.RetryPolicy;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs run when they are due, again when they fail, and never stop one another. */
class SchedulerTest {

  private final JobWorld world = new JobWorld(RetryPolicy.DEFAULT.withBaseMs(200));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aJobIsACallOfItsShardAtItsTime() {
    world.schedule("a", "work:do", 1_000, ",\"args\":{\"n\":1},\"shardKey\":\"red\"");

    world.pass(999);
    assertEquals(List.of(), world.tries);
    world.pass(1);

    String body = "{\"functionPath\":\"work:do\",\"args\":{\"n\":1}}";
    assertEquals(List.of(new JobWorld.Try("red", "a", 1, body, 1_000)), world.tries);
    assertEquals("{\"backlog\":0,\"inFlight\":0,\"pools\":[]}", world.look("/status"));
    assertEquals("{}", world.look("/get?id=a"));
    assertTrue(world.host.alarm().scheduledMs().isEmpty());
  }

  @Test
  void jobsOfOneMillisecondAllRun() {
    for (int i = 0; i < 250; i++) {
      world.schedule("job" + i, "work:do", 10);
    }

    world.pass(10);

    assertEquals(250, world.tries.stream().map(JobWorld.Try::id).distinct().count());
    assertEquals(250, world.tries.size());
  }

  @Test
  void aFailedJobClimbsTheLadder() {
    world.failures.put("work:late", 3);
    world.schedule("a", "work:late", 0);

    world.pass(60_000);

    assertEquals(List.of(0L, 200L, 600L, 1_400L), world.times("a"));
    assertEquals("{\"records\":[],\"truncated\":false}", world.look("/dead"));
  }

  @Test
  void whatAlwaysFailsBecomesADeadLetterAndStopsNothing() {
    world.schedule("poison", "gone:away", 0);
    world.failures.put("work:never", 100);
    world.schedule("never", "work:never", 0);
    for (int i = 0; i < 10; i++) {
      world.schedule("good" + i, "work:do", i * 1_000);
    }

    world.pass(60_000);

    assertEquals(List.of(0L, 200L, 600L, 1_400L, 3_000L, 6_200L), world.times("poison"));
    assertEquals(6, world.times("never").size());
    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(i * 1_000L), world.times("good" + i));
    }
    assertTrue(
        world.look("/dead").contains("\"error\":\"CONFLICT: not yet\""), world.look("/dead"));

    world.failures.clear();
    assertEquals("{\"retried\":true}", world.ask("/dead/retry", "{\"id\":\"never\"}"));
    assertEquals("{\"retried\":false}", world.ask("/dead/retry", "{\"id\":\"never\"}"));
    assertEquals("{\"cancelled\":true}", world.ask("/dead/cancel", "{\"id\":\"poison\"}"));
    world.pass(1);

    assertEquals(7, world.times("never").size());
    assertEquals("{\"records\":[],\"truncated\":false}", world.look("/dead"));
  }

  @Test
  void everyLadderIsItsPolicys() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      RetryPolicy policy =
          new RetryPolicy(
              random.nextInt(8),
              1 + random.nextInt(5_000),
              random.nextBoolean() ? Backoff.LINEAR : Backoff.EXPONENTIAL,
              1 + random.nextInt(20_000));
      try (JobWorld each = new JobWorld(policy)) {
        each.failures.put("work:never", 100);
        each.schedule("a", "work:never", 0);
        each.pass(3_600_000);
        List<Long> expected = new ArrayList<>(List.of(0L));
        for (int retry = 1; retry <= policy.retries(); retry++) {
          long grown =
              policy.backoff() == Backoff.LINEAR
                  ? policy.baseMs() * retry
                  : policy.baseMs() << (retry - 1);
          expected.add(expected.get(retry - 1) + Math.min(grown, policy.maxMs()));
        }
        assertEquals(expected, each.times("a"), policy::toString);
      }
    }
  }

  @Test
  void aJobsOwnPolicyCounts() {
    world.failures.put("work:never", 100);
    world.schedule(
        "a",
        "work:never",
        0,
        ",\"retry\":{\"maxAttempts\":2,\"baseMs\":1000,\"backoff\":\"linear\"}");

    world.pass(60_000);

    assertEquals(List.of(0L, 1_000L, 3_000L), world.times("a"));
  }

  @Test
  void aCancelledJobDoesNotRun() {
    world.schedule("a", "work:do", 1_000);

    assertEquals("{\"cancelled\":true}", world.ask("/cancel", "{\"id\":\"a\"}"));
    assertEquals("{\"cancelled\":false}", world.ask("/cancel", "{\"id\":\"a\"}"));
    world.pass(5_000);

    assertEquals(List.of(), world.tries);
  }

  @Test
  void whatAShardSendsTwiceIsOneJobAndWhatItTookBackIsNone() {
    String job =
        "{\"op\":\"schedule\",\"id\":\"a\",\"functionPath\":\"work:do\",\"scheduledFor\":%d}"
            .formatted(world.clock.nowMs());
    String early = "{\"op\":\"cancel\",\"id\":\"b\"}";
    String late = job.replace("\"a\"", "\"b\"");

    assertEquals("{}", world.ask("/apply", "{\"effects\":[" + job + "," + early + "]}"));
    assertEquals("{}", world.ask("/apply", "{\"effects\":[" + job + "," + late + "]}"));
    world.pass(1_000);
    assertEquals("{}", world.ask("/apply", "{\"effects\":[" + job + "]}"));
    world.pass(1_000);

    assertEquals(List.of(0L), world.times("a"));
    assertEquals(List.of(), world.times("b"));
  }

  @Test
  void aDayLaterAnIdIsForgotten() {
    world.schedule("a", "work:do", 0);
    world.pass(JobStore.ENDED_MS + 1);
    world.schedule("b", "work:do", 0);
    world.pass(1);

    assertEquals(
        1, world.host.sql().query("SELECT count(*) FROM \"__lunora_job_ended\"").number(0, 0));
  }

  @Test
  void aPoolRunsNoMoreAtOnceThanItHolds() {
    for (int i = 0; i < 5; i++) {
      world.schedule("job" + i, "work:do", 0, ",\"pool\":\"mail\",\"maxConcurrency\":2");
    }
    List<Double> running = new ArrayList<>();
    world.meanwhile = () -> running.add(inFlight());

    world.pass(0);
    assertEquals(2, world.tries.size());
    world.pass(10_000);

    assertEquals(5, world.tries.size());
    assertTrue(running.stream().allMatch(count -> count <= 2), running::toString);
    assertTrue(world.tries.stream().allMatch(each -> each.attempt() == 1));
  }

  private double inFlight() {
    return world
        .host
        .sql()
        .query("SELECT count(*) FROM \"__lunora_job\" WHERE state = 'running'")
        .number(0, 0);
  }

  @Test
  void aJobThatWasRunningInACrashIsTriedAgain() {
    world.schedule("a", "work:do", 0);
    world.schedule("b", "work:do", 60_000);
    world
        .host
        .sql()
        .execute("UPDATE \"__lunora_job\" SET state = 'running', attempts = 1 WHERE id = 'a'");
    world.scheduler.restart();

    world.pass(60_000);

    assertEquals(List.of("a", "b"), world.tries.stream().map(JobWorld.Try::id).toList());
    assertEquals(2, world.tries.get(0).attempt());
  }

  @Test
  void anAlarmThatIsLostOrComesTwiceChangesNothing() {
    world.schedule("a", "work:do", 1_000);
    world.host.alarm().delete();
    world.scheduler.restart();
    world.look("/status");
    world.pass(1_000);
    assertEquals(List.of(1_000L), world.times("a"));

    world.host.alarm().set(world.clock.nowMs());
    world.pass(10_000);
    assertEquals(List.of(1_000L), world.times("a"));
  }

  @Test
  void listsComeInPages() {
    IntStream.range(0, 230).forEach(i -> world.schedule("job" + i, "work:do", 1_000 + i));

    String first = world.look("/list");
    String second = world.look("/list?cursor=" + cursor(first));
    String third = world.look("/list?cursor=" + cursor(second));

    assertEquals(100, first.split("\"id\":").length - 1);
    assertTrue(second.startsWith("{\"records\":[{\"id\":\"job100\""), second);
    assertEquals(30, third.split("\"id\":").length - 1);
    assertTrue(third.endsWith("\"truncated\":false}"), third);
    assertTrue(
        world.look("/list?cursor=x").startsWith("400 {\"error\":{\"code\":\"INVALID_INPUT\""));
  }

  private static String cursor(String page) {
    String rest = page.substring(page.indexOf("\"cursor\":\"") + "\"cursor\":\"".length());
    return rest.substring(0, rest.indexOf('"'));
  }

  @Test
  void badRequestsAreRefusedWithACode() {
    String due = ",\"scheduledFor\":" + world.clock.nowMs();
    for (String bad :
        List.of(
            "{}",
            "[]",
            "{",
            "{\"functionPath\":\"\"" + due + "}",
            "{\"functionPath\":\"a:b\"}",
            "{\"functionPath\":\"a:b\",\"scheduledFor\":0}",
            "{\"functionPath\":\"a:b\",\"scheduledFor\":1.5}",
            "{\"functionPath\":\"a:b\",\"scheduledFor\":1e15}",
            "{\"functionPath\":\"a:b\",\"args\":[]" + due + "}",
            "{\"functionPath\":\"a:b\",\"pool\":\"\"" + due + "}",
            "{\"functionPath\":\"a:b\",\"pool\":\"p\",\"maxConcurrency\":0" + due + "}",
            "{\"functionPath\":\"a:b\",\"shardKey\":\"\"" + due + "}",
            "{\"functionPath\":\"a:b\",\"retry\":{\"baseMs\":0}" + due + "}")) {
      String answer = world.ask("/schedule", bad);
      assertTrue(answer.startsWith("400 {\"error\":{\"code\":\"INVALID_INPUT\""), bad + answer);
    }
    assertTrue(
        world
            .ask("/schedule", "{\"workflow\":\"w\"" + due + "}")
            .startsWith("501 {\"error\":{\"code\":\"WORKFLOWS_NOT_CONFIGURED\""));
    world.schedule("a", "work:do", 1_000);
    assertTrue(
        world
            .ask("/schedule", "{\"id\":\"a\",\"functionPath\":\"work:do\"" + due + "}")
            .startsWith("409 {\"error\":{\"code\":\"DUPLICATE_SCHEDULE_ID\""));
    String minted =
        world.ask("/schedule", "{\"id\":\"a b\",\"functionPath\":\"work:do\"" + due + "}");
    assertFalse(minted.contains("a b"), minted);
    assertEquals("404 {\"error\":{\"code\":\"NOT_FOUND\"}}", world.ask("/nowhere", "{}"));
    assertEquals("404 {\"error\":{\"code\":\"NOT_FOUND\"}}", world.look("/schedule"));
    assertTrue(world.ask("/cancel", "{}").startsWith("400 "));
  }

  @Test
  void whoWatchesSeesEveryChange() {
    FakeSocket socket = world.scheduler.connect(FakeHttpRequest.upgrade("https://scheduler/ws"));
    assertEquals(List.of("{\"type\":\"jobs\",\"records\":[],\"truncated\":false}"), socket.drain());

    world.schedule("a", "work:do", 1_000);
    assertTrue(socket.drain().get(0).contains("\"id\":\"a\""));
    world.pass(1_000);

    List<String> frames = socket.drain();
    assertEquals(
        "{\"type\":\"jobs\",\"records\":[],\"truncated\":false}", frames.get(frames.size() - 1));
  }
}
