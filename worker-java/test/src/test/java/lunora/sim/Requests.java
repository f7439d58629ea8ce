package lunora.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lunora.wire.Json;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The calls that clients make and repeat, and what is under way of them. */
final class Requests {

  private final World world;
  private final Timeline timeline;
  private final Oracle oracle;
  private final Choices choices;
  private final Sightings seen;
  final List<List<Op>> underWay = new ArrayList<>();
  final List<Op> all = new ArrayList<>();
  private int lastNumber;

  Requests(World world, Timeline timeline, Oracle oracle, Sightings seen) {
    this.world = world;
    this.timeline = timeline;
    this.oracle = oracle;
    this.choices = new Choices(timeline, oracle);
    this.seen = seen;
  }

  /** Sends one plain mutation of items or notes. */
  void write(SimClient client, SplittableRandom dice, int now) {
    send(op(client, choices.write(client, dice), dice, now));
  }

  /** Sends one mutation of cells. */
  void append(SimClient client, SplittableRandom dice, int now) {
    send(appended(client, dice, now));
  }

  /** Ids of appends are never used again: the search for their order relies on it. */
  private Op appended(SimClient client, SplittableRandom dice, int now) {
    String id = dice.nextInt(12) == 0 ? null : "a" + all.size();
    return kept(new Op(client, choices.append(token(), dice), false, id, null, now));
  }

  /** Sends the client's next numbered mutation; now and then one too many, or an old one. */
  void push(SimClient client, SplittableRandom dice, int now) {
    long sequence = client.nextSequence + (dice.nextInt(8) == 0 ? dice.nextInt(3) - 1 : 0);
    send(numbered(client, dice, Math.max(1, sequence), now));
  }

  private Op numbered(SimClient client, SplittableRandom dice, long sequence, int now) {
    Watch call = Watch.of("cells:push", "key", Choices.key(dice), "text", token());
    return kept(new Op(client, call, false, null, sequence, now));
  }

  void batch(SimClient client, SplittableRandom dice, int now) {
    List<Op> ops = new ArrayList<>();
    for (int i = 2 + dice.nextInt(4); i > 0; i--) {
      switch (dice.nextInt(4)) {
        case 0 -> ops.add(appended(client, dice, now));
        case 1 -> ops.add(numbered(client, dice, client.nextSequence + ops.size() % 2, now));
        case 2 -> ops.add(kept(new Op(client, choices.watch(dice), true, null, null, now)));
        default -> ops.add(op(client, choices.write(client, dice), dice, now));
      }
    }
    underWay.add(ops);
  }

  void read(SimClient client, SplittableRandom dice, int now) {
    Watch call =
        dice.nextInt(3) > 0 ? Watch.of("cells:log", "key", Choices.key(dice)) : choices.watch(dice);
    send(kept(new Op(client, call, true, null, null, now)));
  }

  /** Sends a call again that was not answered. */
  void retry(SimClient client, SplittableRandom dice) {
    List<Op> open = new ArrayList<>();
    for (Op op : all) {
      if (op.client == client && !op.isAnswered() && op.isRepeatable()) {
        open.add(op);
      }
    }
    if (!open.isEmpty()) {
      send(Choices.pick(open, dice));
    }
  }

  private void send(Op op) {
    underWay.add(List.of(op));
  }

  private Op kept(Op op) {
    all.add(op);
    return op;
  }

  /** A mutation with an id of its own, without one, or with one that somebody used before. */
  private Op op(SimClient client, Watch call, SplittableRandom dice, int now) {
    lastNumber++;
    int choice = dice.nextInt(12);
    String id =
        choice == 0 ? null : "m" + (choice == 1 ? 1 + dice.nextInt(lastNumber) : lastNumber);
    return kept(new Op(client, call, false, id, null, now));
  }

  /** Any query. */
  Watch watch(SplittableRandom dice) {
    return choices.watch(dice);
  }

  private String token() {
    return "t" + all.size() + ".";
  }

  /** Delivers one request and checks it; gives the client its answers, unless they get lost. */
  void deliver(List<Op> ops, Ledger ledger, int now, boolean answersArrive) {
    ledger.clock(world.clock().nowMs());
    int deaths = world.deaths();
    String answer = world.post(ops);
    List<Timeline.Change> changes = world.changesAfter(timeline.head());
    CallCheck check =
        new CallCheck(
            timeline, ledger, oracle, world.clock().nowMs(), changes, world.deaths() > deaths);
    if (world.deaths() > deaths) {
      seen.add(changes.isEmpty() ? "died before the commit" : "died after the commit");
    }
    Map<Op, Value.Obj> bodies = bodies(ops, answer == null ? null : Json.read(answer));
    ops.forEach(op -> check.call(op, bodies.get(op)));
    check.end();
    if (check.repeated()) {
      seen.add("repeated");
    }
    if (answersArrive && answer != null) {
      FrameCheck.isolation(ops.get(0).client, answer);
      bodies.forEach((op, body) -> answered(op, body, now));
    }
  }

  private static Map<Op, Value.Obj> bodies(List<Op> ops, @Nullable Value answer) {
    Map<Op, Value.Obj> bodies = new LinkedHashMap<>();
    if (answer instanceof Value.Obj single && ops.size() == 1) {
      bodies.put(ops.get(0), single);
    } else if (answer instanceof Value.Obj all
        && all.fields().get("results") instanceof Value.Arr slots) {
      for (int i = 0; i < ops.size(); i++) {
        Value.Obj slot = (Value.Obj) slots.items().get(i);
        bodies.put(ops.get(i), (Value.Obj) slot.fields().get("body"));
      }
    }
    return bodies;
  }

  private static void answered(Op op, Value.Obj body, int now) {
    Value error = body.fields().get("error");
    if (error instanceof Value.Obj refusal
        && refusal.fields().get("expectedMutationId") instanceof Value.Num expected) {
      // The server went back in time, or the number was one too many: not carried out, not over.
      op.client.nextSequence = (long) expected.value();
      return;
    }
    if (!op.isAnswered()) {
      op.answeredAt = now;
      op.refused = error != null;
      boolean known = op.sequence == null || body.fields().get("result") instanceof Value.Str;
      op.result = known ? body.fields().get("result") : null;
    }
    if (body.fields().get("commitCursor") instanceof Value.Num cursor) {
      op.client.lastCommit = Math.max(op.client.lastCommit, (long) cursor.value());
    }
    if (body.fields().get("lastMutationId") instanceof Value.Num last) {
      op.client.nextSequence = Math.max(op.client.nextSequence, (long) last.value() + 1);
    }
  }
}
