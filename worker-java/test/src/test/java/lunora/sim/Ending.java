package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.LogSink;
import lunora.host.local.SqlRows;
import lunora.testkit.FakeSocket;
import lunora.testkit.JdbcSqlStorage;
import lunora.testkit.RecordingLogSink;
import lunora.wire.Json;
import lunora.wire.Value;

/** The end of a history: the faults are over, everybody comes back, and the books are checked. */
final class Ending {

  private static final List<String> REGISTRY =
      List.of(
          "__lunora_subscription",
          "__lunora_live_query",
          "__lunora_live_read",
          "__lunora_shape",
          "__lunora_shape_subscription",
          "__lunora_whisper");

  private static final int STREAM_TURNS_MAX = 8;

  private final World world;
  private final Timeline timeline;
  private final Ledger[] ledger;
  private final Requests requests;
  private final List<SimClient> clients;
  private final Faults faults;
  private final SlowClients slow;

  Ending(
      World world,
      Timeline timeline,
      Ledger[] ledger,
      Requests requests,
      List<SimClient> clients,
      Faults faults,
      SlowClients slow) {
    this.slow = slow;
    this.world = world;
    this.timeline = timeline;
    this.ledger = ledger;
    this.requests = requests;
    this.clients = clients;
    this.faults = faults;
  }

  void run(int now, Runnable atRest) {
    world.sql().live();
    for (SimClient client : clients) {
      slow.readOn(client);
      SimClient.Link link = client.link;
      boolean whole = link != null && !link.lossy && link.socket.isOpen();
      if (whole) {
        settle(client);
        whole = client.isSeeded();
      }
      if (!whole) {
        faults.connect(client, true);
      }
    }
    quiet();
    clients.forEach(Ending::allSeeded);
    readToTheEnd();
    atRest.run();
    lastWrites(now);
    quiet();
    atRest.run();
    stored();
    if (!faults.dayPassed()) {
      faults.cells.check(requests.all);
    }
    nothingStays();
    nothingFailed();
  }

  private void settle(SimClient client) {
    world.runDeferred();
    faults.up(client, Integer.MAX_VALUE);
    faults.down(client, Integer.MAX_VALUE);
  }

  private void quiet() {
    clients.forEach(this::settle);
    clients.forEach(this::settle);
  }

  /** Streams go on until all of them are over, and everybody has read them. */
  private void readToTheEnd() {
    for (int i = 0; i < STREAM_TURNS_MAX && world.isStreaming(); i++) {
      world.pass(10);
      quiet();
    }
    for (SimClient client : clients) {
      Rule.CONVERGENCE.require(
          client.readings.isEmpty(), () -> client + " never got the end of a stream");
    }
    Rule.BOUNDS.require(!world.isStreaming(), () -> "streams that never end");
  }

  private static void allSeeded(SimClient client) {
    Rule.CONVERGENCE.require(client.isSeeded(), () -> client + " got no result for all it watches");
  }

  /** Every list gets another item, so that every client is sent something once more. */
  private void lastWrites(int now) {
    SimClient client = clients.get(0);
    for (String list : Choices.LISTS) {
      Watch add =
          Watch.of("items:add", "list", list, "rank", 3, "text", "last", "amount", Truth.amount(1));
      Op op = new Op(client, add, false, "last " + list, null, now);
      requests.deliver(List.of(op), ledger[0], now, true);
    }
  }

  /** The tables hold what the log says and the oracle expects, in order of insertion. */
  private void stored() {
    for (String table : List.of("items", "cells", "notes")) {
      SqlRows rows =
          world.storage().query("SELECT _doc FROM \"" + table + "\" ORDER BY _creationTime");
      List<Value> docs = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        docs.add(Json.read(rows.text(i, 0)));
      }
      List<Value> expected = new ArrayList<>();
      timeline.now().rows(table).stream()
          .sorted((one, other) -> Double.compare(one.createdAt(), other.createdAt()))
          .forEach(row -> expected.add(row.wire()));
      Rule.ATOMICITY.require(
          docs.equals(expected), () -> table + " holds\n " + docs + "\n not " + expected);
    }
  }

  /** When all sockets are gone, so is all that was kept for them. */
  private void nothingStays() {
    JdbcSqlStorage storage = world.storage();
    faults.layGhosts();
    for (SimClient client : clients) {
      SimClient.Link link = client.link;
      if (link != null) {
        world.closed(link.socket);
      }
    }
    world.runDeferred();
    Rule.BOUNDS.require(world.isIdle(), () -> "work that never ends");
    world.hibernate();
    // The first write and the next socket find nobody there: what sockets left goes with them.
    SimClient client = clients.get(0);
    Watch call = Watch.of("items:addMany", "list", "home", "texts", oneText());
    requests.deliver(
        List.of(new Op(client, call, false, "after all", null, 0)), ledger[0], 0, true);
    world.runDeferred();
    FakeSocket passing = world.open(client);
    if (passing != null) {
      world.closed(passing);
    }
    for (String table : REGISTRY) {
      boolean exists =
          storage.query("SELECT 1 FROM sqlite_master WHERE name = ?", table).size() > 0;
      Rule.BOUNDS.require(
          !exists || storage.query("SELECT * FROM \"" + table + "\"").size() == 0,
          () -> table + " keeps rows of sockets that are gone");
    }
  }

  private static Value oneText() {
    return new Value.Arr(List.of(new Value.Str("x")));
  }

  /** The only failures logged are of the query that is meant to fail. */
  private void nothingFailed() {
    for (RecordingLogSink.Line line : world.host().log().lines(LogSink.Level.ERROR)) {
      Rule.BOUNDS.require(
          line.text().contains("items:fragile") || line.error() instanceof SimSql.Died,
          () -> "logged: " + line.text() + " " + line.error());
    }
  }
}
