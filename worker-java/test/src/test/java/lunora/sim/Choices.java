package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lunora.wire.Value;

/** What clients call and watch: few names and texts, so that much of it meets. */
final class Choices {

  static final List<String> LISTS = List.of("home", "work", "ünï");
  private static final List<String> TEXTS = List.of("milk", "bread", "\"q\" \\ \u2028 💥", "");
  private static final List<String> KEYS = List.of("x", "y");
  private static final int ITEMS_MAX = 30;

  private final Timeline timeline;
  private final Oracle oracle;

  Choices(Timeline timeline, Oracle oracle) {
    this.timeline = timeline;
    this.oracle = oracle;
  }

  /** A mutation of items or notes. */
  Watch write(SimClient client, SplittableRandom dice) {
    List<Row> items = List.copyOf(timeline.now().rows("items"));
    int choice = items.size() >= ITEMS_MAX ? 8 : dice.nextInt(items.isEmpty() ? 4 : 10);
    Watch call =
        choice < 4 ? added(client, dice, choice) : changed(pick(items, dice), dice, choice);
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
        "items:add",
        "list",
        list,
        "rank",
        rank(dice),
        "text",
        text(dice),
        "amount",
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
              "items:edit",
              "id",
              item.id(),
              "rank",
              item.number("rank"),
              "text",
              item.text("text"));
      case 7 -> Watch.of("items:move", "id", item.id(), "list", pick(LISTS, dice));
      default -> Watch.of("items:remove", "id", item.id());
    };
  }

  /** A mutation of cells. */
  Watch append(String token, SplittableRandom dice) {
    return switch (dice.nextInt(6)) {
      case 0 -> Watch.of("cells:appendThenFail", "key", pick(KEYS, dice), "text", token);
      case 1 -> Watch.of("cells:move", "key", "x", "other", "y", "text", token);
      default -> Watch.of("cells:append", "key", pick(KEYS, dice), "text", token);
    };
  }

  /** Any query. */
  Watch watch(SplittableRandom dice) {
    String list = pick(LISTS, dice);
    return switch (dice.nextInt(13)) {
      case 0, 1 -> Watch.of("items:list", "list", list);
      case 2, 3 -> Watch.of("items:newest", "list", list, "take", 1 + dice.nextInt(4));
      case 4 -> Watch.of("items:ranked", "list", list, "rank", dice.nextInt(3), "to", 5, "take", 3);
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

  /** Any shape. */
  static Watch shape(SplittableRandom dice) {
    return switch (dice.nextInt(4)) {
      case 0 -> Watch.of("mine");
      case 1 -> Watch.of("fromRank", "rank", dice.nextInt(5));
      default -> Watch.of("ofList", "list", pick(LISTS, dice));
    };
  }

  static String key(SplittableRandom dice) {
    return pick(KEYS, dice);
  }

  static <T> T pick(List<T> of, SplittableRandom dice) {
    return of.get(dice.nextInt(of.size()));
  }
}
