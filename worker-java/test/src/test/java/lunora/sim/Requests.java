package lunora.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The calls that clients make and repeat, and what is under way of them. */
final class Requests {

  private static final List<String> LISTS = List.of("home", "work", "ünï");
  private static final List<String> TEXTS = List.of("milk", "bread", "\"q\" \\ \u2028 💥", "");
  private static final List<String> KEYS = List.of("x", "y");
  private static final int ITEMS_MAX = 30;

  private final World world;
  private final Timeline timeline;
  private final Oracle oracle;
  final List<List<Op>> underWay = new ArrayList<>();
  final List<Op> all = new ArrayList<>();
  private int lastNumber;

  Requests(World world, Timeline timeline, Oracle oracle) {
    this.world = world;
    this.timeline = timeline;
    this.oracle = oracle;
  }

  /** Sends one plain mutation of items or notes. */
  void write(SimClient client, SplittableRandom dice, int now) {
    send(op(client, write(client, dice), dice, now));
  }

  /** Sends one mutation of cells. */
  void append(SimClient client, SplittableRandom dice, int now) {
    send(appended(client, dice, now));
  }

  /** Ids of appends are never used again: the search for their order relies on it. */
  private Op appended(SimClient client, SplittableRandom dice, int now) {
    String id = dice.nextInt(12) == 0 ? null : "a" + all.size();
    return kept(new Op(client, append(dice), false, id, null, now));
  }

  /** Sends the client's next numbered mutation; now and then one too many, or an old one. */
  void push(SimClient client, SplittableRandom dice, int now) {
    long sequence = client.nextSequence + (dice.nextInt(8) == 0 ? dice.nextInt(3) - 1 : 0);
    send(numbered(client, dice, Math.max(1, sequence), now));
  }

  private Op numbered(SimClient client, SplittableRandom dice, long sequence, int now) {
    Watch call = Watch.of("cells:push", "key", pick(KEYS, dice), "text", token());
    return kept(new Op(client, call, false, null, sequence, now));
  }

  void batch(SimClient client, SplittableRandom dice, int now) {
    List<Op> ops = new ArrayList<>();
    for (int i = 2 + dice.nextInt(4); i > 0; i--) {
      switch (dice.nextInt(4)) {
        case 0 -> ops.add(appended(client, dice, now));
        case 1 -> ops.add(numbered(client, dice, client.nextSequence + ops.size() % 2, now));
        case 2 -> ops.add(kept(new Op(client, watch(dice), true, null, null, now)));
        default -> ops.add(op(client, write(client, dice), dice, now));
      }
    }
    underWay.add(ops);
  }

  void read(SimClient client, SplittableRandom dice, int now) {
    Watch call =
        dice.nextInt(3) > 0 ? Watch.of("cells:log", "key", pick(KEYS, dice)) : watch(dice);
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
      send(pick(open, dice));
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

  private String token() {
    return "t" + all.size() + ".";
  }

  private Watch write(SimClient client, SplittableRandom dice) {
    List<Row> items = List.copyOf(timeline.now().rows("items"));
    int choice = items.size() >= ITEMS_MAX ? 8 : dice.nextInt(items.isEmpty() ? 4 : 10);
    Watch call = choice < 4 ? added(client, dice, choice) : changed(pick(items, dice), dice, choice);
    return call;
  }

  private Watch added(SimClient client, SplittableRandom dice, int choice) {
    String list = pick(LISTS, dice);
    if (choice == 0) {
      return Watch.of("notes:write", "text", "secret:" + client.userId + "; " + dice.nextInt(9));
    }
    if (choice == 1) {
      List<Value> texts = new ArrayList<>();
      for (int i = 1 + dice.nextInt(4); i > 0; i--) {
        texts.add(new Value.Str(pick(TEXTS, dice)));
      }
      return Watch.of("items:addMany", "list", list, "texts", new Value.Arr(texts));
    }
    return Watch.of(
        "items:add", "list", list, "rank", rank(dice), "text", text(dice), "amount",
        Truth.amount(dice.nextLong() >> dice.nextInt(64)));
  }

  private static int rank(SplittableRandom dice) {
    return dice.nextInt(12) == 0 ? SimApp.GUARDED_RANK : dice.nextInt(6);
  }

  private static String text(SplittableRandom dice) {
    return dice.nextInt(25) == 0 ? SimApp.POISON : pick(TEXTS, dice);
  }

  private static Watch changed(Row item, SplittableRandom dice, int choice) {
    return switch (choice) {
      case 4, 5 -> Watch.of("items:edit", "id", item.id(), "rank", rank(dice), "text", text(dice));
      case 6 ->
          Watch.of(
              "items:edit", "id", item.id(), "rank", item.number("rank"), "text",
              item.text("text"));
      case 7 -> Watch.of("items:move", "id", item.id(), "list", pick(LISTS, dice));
      default -> Watch.of("items:remove", "id", item.id());
    };
  }

  private Watch append(SplittableRandom dice) {
    return switch (dice.nextInt(6)) {
      case 0 -> Watch.of("cells:appendThenFail", "key", pick(KEYS, dice), "text", token());
      case 1 -> Watch.of("cells:move", "key", "x", "other", "y", "text", token());
      default -> Watch.of("cells:append", "key", pick(KEYS, dice), "text", token());
    };
  }

  /** Any query. */
  Watch watch(SplittableRandom dice) {
    String list = pick(LISTS, dice);
    return switch (dice.nextInt(13)) {
      case 0, 1 -> Watch.of("items:list", "list", list);
      case 2, 3 -> Watch.of("items:newest", "list", list, "take", 1 + dice.nextInt(4));
      case 4 ->
          Watch.of("items:ranked", "list", list, "rank", dice.nextInt(3), "to", 5, "take", 3);
      case 5, 6 -> page(list, dice);
      case 7 -> {
        List<Row> items = List.copyOf(timeline.now().rows("items"));
        yield Watch.of("items:get", "id", items.isEmpty() ? "none" : pick(items, dice).id());
      }
      case 8 -> Watch.of("items:count", "list", list);
      case 9 -> Watch.of("items:guarded", "list", list);
      case 10 -> Watch.of("items:fragile", "list", list);
      case 11 ->
          dice.nextBoolean()
              ? Watch.of("items:search", "text", pick(TEXTS, dice))
              : Watch.of("cells:count", "key", pick(KEYS, dice));
      default -> Watch.of("notes:mine");
    };
  }

  private Watch page(String list, SplittableRandom dice) {
    List<String> cursors = oracle.cursors(list);
    Value cursor =
        cursors.isEmpty() || dice.nextBoolean()
            ? Value.Null.INSTANCE
            : new Value.Str(pick(cursors, dice));
    return Watch.of("items:page", "list", list, "cursor", cursor, "take", 1 + dice.nextInt(4));
  }

  /** Delivers one request and checks it; gives the client its answers, unless they get lost. */
  void deliver(List<Op> ops, Ledger ledger, int now, boolean answersArrive) {
    ledger.clock(world.clock().nowMs());
    int deaths = world.deaths();
    Value answer = world.post(ops);
    CallCheck check =
        new CallCheck(
            timeline,
            ledger,
            oracle,
            world.clock().nowMs(),
            world.changesAfter(timeline.head()),
            world.deaths() > deaths);
    Map<Op, Value.Obj> bodies = bodies(ops, answer);
    ops.forEach(op -> check.call(op, bodies.get(op)));
    check.end();
    if (answersArrive) {
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
    FrameCheck.isolation(op.client, body.toString());
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

  static <T> T pick(List<T> of, SplittableRandom dice) {
    return of.get(dice.nextInt(of.size()));
  }
}
