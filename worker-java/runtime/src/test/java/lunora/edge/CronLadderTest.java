package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lunora.TestApp;
import lunora.boot.Worker;
import lunora.error.SeveralFailures;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeOptions;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.SqlRows;
import lunora.host.remote.HttpReply;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.WorkerHost;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks of cron triggers that only the Worker knows which was made with them. */
class CronLadderTest {

  private static final String CRON = "0 1 * * *";

  private final FakeClock clock = new FakeClock();
  private final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());
  private final Worker worker = Worker.of(TestApp.module());
  private final List<Task> tasks = new ArrayList<>();
  private final List<String> ran = new ArrayList<>();
  private final LoopbackShardNamespace schedulers =
      new LoopbackShardNamespace(
          key ->
              new FakeShard(
                  FakeShardHost.inMemory(key, clock, new FakeFetcher(), host), worker::scheduler));
  private boolean dies;

  /** So many answers to a tick that begins do not come back. */
  private int lostAnswers;

  CronLadderTest() {
    host.bind("SCHEDULER", lossy());
    host.bind((path, body) -> post(path, body));
  }

  @AfterEach
  void close() {
    schedulers.close();
  }

  private ShardNamespace lossy() {
    return (ShardNamespace)
        Proxy.newProxyInstance(
            ShardNamespace.class.getClassLoader(),
            new Class<?>[] {ShardNamespace.class},
            (proxy, method, args) -> {
              Object answer;
              try {
                answer = method.invoke(schedulers, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (args != null && Arrays.asList(args).contains("/tick") && lostAnswers > 0) {
                lostAnswers--;
                throw new IllegalStateException("the answer is lost");
              }
              return answer;
            });
  }

  /** A task that fails a number of times. */
  private final class Task implements CronTask {
    private final String name;
    private int failures;

    Task(String name, int failures) {
      this.name = name;
      this.failures = failures;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void run(CronEvent event, WorkerHost where) {
      ran.add(name + " " + event.scheduledMs());
      if (dies) {
        throw new StackOverflowError("the isolate is gone");
      }
      if (failures-- > 0) {
        throw new IllegalStateException(name + " fails");
      }
    }
  }

  private Task task(String name, int failures) {
    Task task = new Task(name, failures);
    tasks.add(task);
    return task;
  }

  private WorkerHandler edge() {
    return worker.open(
        new EdgeOptions() {
          @Override
          public Map<String, List<CronTask>> crons() {
            Map<String, List<CronTask>> crons = new LinkedHashMap<>();
            crons.put(CRON, List.copyOf(tasks));
            return crons;
          }
        });
  }

  /** As the scheduler's object posts: to a Worker that is made anew, in another isolate. */
  private HttpReply post(String path, String body) {
    HttpResponse answer =
        edge().fetch(FakeHttpRequest.post("https://worker.internal" + path, body), host);
    HttpResponse.Json json = (HttpResponse.Json) answer;
    return new HttpReply(json.status(), Map.of(), json.body().toString());
  }

  private void fire(long time) {
    edge().scheduled(new CronEvent(CRON, time), host);
  }

  private void pass(long ms) {
    long until = clock.nowMs() + ms;
    FakeShard scheduler = schedulers.shard("default");
    OptionalLong due = scheduler.host().alarm().scheduledMs();
    while (due.isPresent() && due.getAsLong() <= until) {
      clock.advance(Math.max(0, due.getAsLong() - clock.nowMs()));
      scheduler.ring();
      due = scheduler.host().alarm().scheduledMs();
    }
    clock.advance(until - clock.nowMs());
  }

  private List<String> jobs() {
    FakeShard scheduler = schedulers.shard("default");
    SqlRows rows =
        scheduler.host().sql().query("SELECT state || ' ' || attempts FROM __lunora_job");
    List<String> jobs = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      jobs.add(rows.text(row, 0));
    }
    return jobs;
  }

  @Test
  void aTaskThatFailsIsRunAgainInTheWorkerUntilItEndsWell() {
    task("crons:0", 0);
    task("cronJobs:clean", 2);

    assertThrows(IllegalStateException.class, () -> fire(1000));
    assertEquals(List.of("crons:0 1000", "cronJobs:clean 1000"), ran);
    assertEquals(List.of("pending 1"), jobs());
    pass(29_999);
    assertEquals(2, ran.size());
    pass(1);
    assertEquals(List.of("pending 2"), jobs());
    pass(60_000);
    assertEquals(List.of("cronJobs:clean 1000", "cronJobs:clean 1000"), ran.subList(2, 4));
    assertEquals(List.of(), jobs());
    pass(3_600_000);
    assertEquals(4, ran.size());
  }

  @Test
  void aTickThatIsDeliveredTwiceIsOneJob() {
    task("crons:0", 0);
    task("crons:1", 1);

    assertThrows(IllegalStateException.class, () -> fire(1000));
    fire(1000);
    assertEquals(List.of("pending 1"), jobs());
    pass(30_000);
    fire(1000);

    assertEquals(List.of("crons:0 1000", "crons:1 1000", "crons:1 1000"), ran);
    fire(2000);
    assertEquals(5, ran.size());
    assertEquals(List.of(), jobs());
  }

  @Test
  void aTaskWhoseIsolateDiedIsRunWhenTheTimeOfARunIsOver() {
    task("crons:0", 0);
    dies = true;
    assertThrows(StackOverflowError.class, () -> fire(1000));
    dies = false;

    pass(899_999);
    assertEquals(1, ran.size());
    pass(1);

    assertEquals(2, ran.size());
    assertEquals(List.of(), jobs());
  }

  @Test
  void aTaskThatAlwaysFailsIsADeadLetterAndADeployThatLostItToo() {
    task("crons:0", 1000);
    assertThrows(IllegalStateException.class, () -> fire(1000));
    pass(3_600_000);
    assertEquals(6, ran.size());
    assertEquals(List.of("dead 6"), jobs());

    tasks.clear();
    task("crons:gone", 1);
    assertThrows(IllegalStateException.class, () -> fire(2000));
    tasks.clear();
    pass(3_600_000);
    assertEquals(List.of("dead 6", "dead 6"), jobs());
  }

  @Test
  void twoTasksOfOneNameAreTwo() {
    task("cronJobs:same", 1);
    task("cronJobs:same", 1);
    assertThrows(SeveralFailures.class, () -> fire(1000));
    pass(30_000);
    assertEquals(4, ran.size());
    assertEquals(List.of(), jobs());
  }

  @Test
  void whatSeveralThrowIsThrownTogether() {
    task("crons:0", 1);
    task("crons:1", 0);
    task("crons:2", 1);
    SeveralFailures failures = assertThrows(SeveralFailures.class, () -> fire(1000));
    assertEquals(
        List.of("crons:0 fails", "crons:2 fails"),
        failures.failures().stream().map(Throwable::getMessage).toList());
  }

  @Test
  void aTickWhoseAnswerIsLostIsAskedForAgain() {
    task("crons:0", 0);
    lostAnswers = 2;
    fire(1000);
    pass(3_600_000);
    assertEquals(List.of("crons:0 1000"), ran);
    assertEquals(List.of(), host.log().lines());
    assertEquals(0, lostAnswers);

    // Another run of the same tick has not begun it, whatever it asks.
    fire(1000);
    assertEquals(1, ran.size());
  }

  @Test
  void aSchedulerThatNeverAnswersIsGivenUp() {
    task("crons:0", 0);
    lostAnswers = 1000;
    fire(1000);
    assertEquals(1, ran.size());
    assertTrue(
        host.log().lines().toString().contains("has one try"), host.log().lines().toString());
  }

  @Test
  void withoutASchedulerATaskHasOneTry() {
    task("crons:0", 1);
    FakeWorkerHost alone = new FakeWorkerHost(new FakeFetcher());
    CronEvent event = new CronEvent(CRON, 1000);
    assertThrows(IllegalStateException.class, () -> edge().scheduled(event, alone));
    edge().scheduled(event, alone);
    assertEquals(2, ran.size());
    assertEquals(List.of(), alone.log().lines());

    schedulers.cutOff("default");
    edge().scheduled(event, host);
    assertEquals(3, ran.size());
  }

  @Test
  void nobodyElseRunsATask() {
    task("crons:0", 0);
    String body =
        "{\"id\":\"cron-x\",\"functionPath\":\"__lunora_cron__:crons:0\",\"args\":{\"cron\":\""
            + CRON
            + "\",\"scheduledTime\":1},\"ticket\":\"guess\"}";
    for (String token : new String[] {"", "a token of thirty-two characters, or more"}) {
      host.set("LUNORA_ADMIN_TOKEN", token);
      HttpReply refused = post("/_lunora/scheduler/dispatch", body);
      assertEquals(403, refused.status());
      assertTrue(refused.body().contains("DISPATCH_UNAUTHENTICATED"));
    }
    assertEquals(List.of(), ran);
  }
}
