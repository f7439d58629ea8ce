package lunora.subscription;

import java.util.List;
import java.util.Map;
import java.util.Random;
import lunora.ItemShard;
import lunora.Items;
import lunora.Reading;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.query.ReadSet;
import lunora.schema.Codecs;
import lunora.schema.Id;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** A random reading as a live query, with the result of its last run. */
final class Watched {

  /** How a reading ends. */
  @FunctionalInterface
  interface Run {
    Object on(ItemShard shard, ReadSet reads);
  }

  private static final FunctionDescriptor.OfQuery<String> ANY =
      FunctionDescriptor.named("any:query").returns(Codecs.STRING).query((ctx, args) -> "");

  private final LiveQuery query;
  private final Run run;
  private final String described;
  private String result = "";

  private Watched(long number, Run run, String described) {
    this.run = run;
    this.described = described;
    LiveQuery.Key key = new LiveQuery.Key("any:query", "{}", "" + number);
    this.query =
        new LiveQuery(number, key, ANY, new Value.Obj(Map.of()), Caller.ANONYMOUS, new ReadSet());
  }

  static Watched of(long number, Run run) {
    return new Watched(number, run, "query " + number);
  }

  static Watched random(long number, ItemShard shard, Random random) {
    Reading reading = Reading.random(random);
    int count = random.nextInt(6);
    int kind = random.nextInt(6);
    if (kind == 0) {
      String id =
          shard.rows().isEmpty() || random.nextInt(4) == 0
              ? "missing"
              : Items.one(shard.rows(), random).doc().id().value();
      return new Watched(
          number, (s, reads) -> s.reader(reads).get(new Id<>(id)).stream().toList(), "get " + id);
    }
    Run run =
        switch (kind) {
          case 1, 2 -> (s, reads) -> reading.on(s.reader(reads)).take(count);
          case 3 -> (s, reads) -> reading.on(s.reader(reads)).first().stream().toList();
          case 4 -> secondPage(reading, shard, count + 1);
          default -> (s, reads) -> reading.on(s.reader(reads)).collect();
        };
    return new Watched(number, run, "ending " + kind + ", count " + count + " of " + reading);
  }

  private static Run secondPage(Reading reading, ItemShard shard, int numItems) {
    String cursor = reading.on(shard.reader()).paginate(null, numItems).continueCursor();
    return (s, reads) -> {
      var page = reading.on(s.reader(reads)).paginate(cursor, numItems);
      return List.of(page.page(), page.isDone(), "" + page.continueCursor());
    };
  }

  LiveQuery query() {
    return query;
  }

  /** Runs it and takes note of what it read and gave. */
  void refresh(ItemShard shard, SubscriptionIndex index) {
    index.remove(query);
    ReadSet reads = new ReadSet();
    result = print(run.on(shard, reads));
    query.ran(reads, new LiveResult(JsonText.of("[]"), null));
    index.add(query);
  }

  /** Whether another run gives something else. */
  boolean isStale(ItemShard shard) {
    return !print(run.on(shard, new ReadSet())).equals(result);
  }

  private static String print(Object result) {
    StringBuilder text = new StringBuilder();
    for (Object part : (List<?>) result) {
      if (part instanceof lunora.schema.Doc<?> doc) {
        text.append(doc.json());
      } else if (part instanceof List<?> list) {
        text.append(print(list));
      } else {
        text.append(part);
      }
      text.append(';');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return described;
  }
}
