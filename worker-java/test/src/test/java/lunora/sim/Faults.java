package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lunora.testkit.FakeSocket;
import org.jspecify.annotations.Nullable;

/** What goes wrong, and the network it goes wrong on. */
final class Faults {

  private static final long HOUR_MS = 3_600_000;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Backup(byte[] database, long head, @Nullable String epoch, Ledger ledger) {}

  private final World world;
  private final Timeline timeline;
  private final Ledger[] ledger;
  private final FrameCheck frames;
  private final Requests requests;
  private final List<SimClient> clients;
  private final List<FakeSocket> ghosts = new ArrayList<>();
  final CellOrder cells = new CellOrder();
  private @Nullable Backup backup;
  private boolean dayPassed;

  Faults(
      World world,
      Timeline timeline,
      Ledger[] ledger,
      FrameCheck frames,
      Requests requests,
      List<SimClient> clients) {
    this.world = world;
    this.timeline = timeline;
    this.ledger = ledger;
    this.frames = frames;
    this.requests = requests;
    this.clients = clients;
  }

  void happen(Plan.Kind kind, SimClient client, SplittableRandom dice, int now) {
    switch (kind) {
      case DUPLICATE, LOSE, LOSE_ANSWER -> request(kind, dice, now);
      case GARBLE_FRAMES -> garble(client, dice);
      case CUT -> cut(client, dice);
      case GHOST -> connect(client, false);
      case FAIL_SENDS -> failSends(client, dice);
      case HIBERNATE -> hibernate();
      case CRASH -> {
        world.die();
        ghosts.clear();
      }
      case DIE_LATER -> world.sql().dieAfter(dice.nextInt(16));
      case ROLL_BACK -> rollBack(now);
      case CLOCK -> clock(dice);
      case STALL -> SlowClients.stall(client);
      default -> world.trim(Math.max(0, timeline.head() - 1 - dice.nextInt(8)));
    }
  }

  /** Whether answers may have been forgotten, so that a repeated call may have run twice. */
  boolean dayPassed() {
    return dayPassed;
  }

  private void request(Plan.Kind kind, SplittableRandom dice, int now) {
    if (requests.underWay.isEmpty()) {
      return;
    }
    List<Op> ops = Choices.pick(requests.underWay, dice);
    boolean repeatable = ops.stream().allMatch(Op::isRepeatable);
    if (kind == Plan.Kind.LOSE) {
      requests.underWay.remove(ops);
    } else if (kind == Plan.Kind.DUPLICATE && repeatable) {
      requests.underWay.add(ops);
    } else if (kind == Plan.Kind.LOSE_ANSWER) {
      requests.underWay.remove(ops);
      requests.deliver(ops, ledger[0], now, false);
    }
  }

  /** Doubles, drops or swaps frames on their way to the server. */
  private static void garble(SimClient client, SplittableRandom dice) {
    SimClient.Link link = client.link;
    if (link == null || link.up.isEmpty()) {
      return;
    }
    List<String> frames = new ArrayList<>(link.up);
    int at = dice.nextInt(frames.size());
    switch (dice.nextInt(3)) {
      case 0 -> {
        // A client of shapes cannot tell a second first poke from a live one, nor a reader of
        // streams
        // whose start was refused.
        if (!frames.get(at).contains("\"shape_") && !frames.get(at).contains("\"stream\"")) {
          frames.add(dice.nextInt(frames.size() + 1), frames.get(at));
        }
      }
      case 1 -> frames.remove(at);
      default -> frames.add(dice.nextInt(frames.size()), frames.remove(at));
    }
    link.up.clear();
    link.up.addAll(frames);
  }

  /** The connection ends between any two frames; the server may hear of it late or never. */
  private void cut(SimClient client, SplittableRandom dice) {
    SimClient.Link link = client.link;
    if (link == null) {
      return;
    }
    down(client, dice.nextInt(5));
    client.link = null;
    switch (dice.nextInt(3)) {
      case 0 -> world.closed(link.socket);
      case 1 -> link.socket.drop();
      default -> ghosts.add(link.socket);
    }
  }

  private static void failSends(SimClient client, SplittableRandom dice) {
    SimClient.Link link = client.link;
    if (link != null && link.socket.isOpen()) {
      link.socket.failSends(1 + dice.nextInt(2));
      link.lossy = true;
    }
  }

  private void hibernate() {
    world.runDeferred();
    if (world.isIdle() && !world.isStreaming()) {
      world.hibernate();
    }
  }

  private void clock(SplittableRandom dice) {
    long step =
        switch (dice.nextInt(6)) {
          case 0 -> 25 * HOUR_MS;
          case 1, 2 -> -HOUR_MS;
          case 3 -> -1;
          default -> HOUR_MS;
        };
    dayPassed |= step > 24 * HOUR_MS;
    frames.excuseStreams();
    world.clock().set(world.clock().nowMs() + step);
    ledger[0].clock(world.clock().nowMs());
  }

  /** Takes a copy of everything committed. */
  void backUp() {
    backup =
        new Backup(world.storage().copy(), timeline.head(), timeline.epoch(), ledger[0].copy());
  }

  /**
   * The storage goes back to its copy, and with it all memory and connections. Clients that saw
   * more come back first and prove it: what is written before such a proof is beyond the protocol.
   */
  private void rollBack(int now) {
    Backup to = backup;
    if (to == null) {
      return;
    }
    world.die();
    ghosts.clear();
    clients.forEach(client -> down(client, Integer.MAX_VALUE));
    if (!dayPassed) {
      cells.check(requests.all);
    }
    requests.underWay.clear();
    world.storage().restore(to.database());
    timeline.rolledBackTo(to.head(), to.epoch());
    ledger[0] = to.ledger().copy();
    frames.rolledBack();
    cells.restart(timeline.now(), now);
    for (SimClient client : clients) {
      client.lastMark = 0;
      client.lastCommit = Math.min(client.lastCommit, to.head());
      client.link = null;
      boolean ahead = false;
      for (Sub sub : client.subs.values()) {
        sub.checkedUpTo = Math.min(sub.checkedUpTo, to.head());
        Double cursor = sub.view.cursor();
        ahead |= cursor != null && cursor > to.head();
      }
      for (ShapeCheck.Kept kept : client.shapes.values()) {
        ahead |= kept.checkpoint != null && kept.checkpoint > to.head();
      }
      if (ahead) {
        connect(client, true);
        up(client, Integer.MAX_VALUE);
        down(client, Integer.MAX_VALUE);
      }
    }
  }

  /**
   * The client opens a new socket and subscribes again.
   *
   * @param heard whether the server hears that the old one is gone
   */
  void connect(SimClient client, boolean heard) {
    SimClient.Link old = client.link;
    client.link = null;
    if (old != null && heard) {
      world.closed(old.socket);
    } else if (old != null) {
      ghosts.add(old.socket);
    }
    FakeSocket socket = world.open(client);
    if (socket != null) {
      client.connected(socket);
    }
  }

  /** The server hears of every socket that its client has left. */
  void layGhosts() {
    ghosts.forEach(world::closed);
    ghosts.clear();
  }

  /** Lets the server have some frames of the client's. */
  void up(SimClient client, int count) {
    SimClient.Link link = client.link;
    for (int i = 0; link != null && i < count && !link.up.isEmpty(); i++) {
      String frame = link.up.remove();
      if (link.socket.isOpen()) {
        world.frame(link.socket, frame);
      }
    }
  }

  /** Lets the client have some frames of the server's. */
  void down(SimClient client, int count) {
    SimClient.Link link = client.link;
    if (link == null) {
      return;
    }
    link.collect();
    for (int i = 0; i < count && !link.down.isEmpty(); i++) {
      frames.receive(client, link.down.remove());
    }
  }
}
