package lunora.example;

import java.util.Optional;
import lunora.api.CustomMutator;
import lunora.api.Functions;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Doc;

/** Numbers that anybody can add to. */
@Functions("counters")
public final class Counters {

  private Counters() {}

  /** The value of a counter; 0 if nobody added to it. */
  @Query
  static int get(QueryContext ctx, String name) {
    Optional<Doc<Counter>> counter = find(ctx, name);
    return counter.isPresent() ? counter.get().value().value() : 0;
  }

  /** Adds to a counter and answers its new value. */
  @Mutation
  static int add(MutationContext ctx, String name, int by) {
    Optional<Doc<Counter>> counter = find(ctx, name);
    if (counter.isEmpty()) {
      ctx.table(CounterTable.TABLE).insert(new Counter(name, by));
      return by;
    }
    int value = sum(counter.get().value().value(), by);
    ctx.table(CounterTable.TABLE).patch(counter.get().id(), CounterTable.VALUE.set(value));
    return value;
  }

  /** Adds to a counter in the order of the client's own numbers, each once. */
  @CustomMutator
  static int push(MutationContext ctx, String name, int by) {
    return add(ctx, name, by);
  }

  /** Adds and then fails: nothing of it stays. */
  @Mutation
  static int addThenFail(MutationContext ctx, String name, int by) {
    add(ctx, name, by);
    throw new LunoraException(ErrorCode.CONFLICT, "this mutation always fails after its write");
  }

  private static Optional<Doc<Counter>> find(QueryContext ctx, String name) {
    return ctx.table(CounterTable.TABLE)
        .index(CounterTable.BY_NAME)
        .eq(CounterTable.NAME, name)
        .unique();
  }

  private static int sum(int value, int by) {
    long sum = (long) value + by;
    if (sum != (int) sum) {
      throw new LunoraException(
          ErrorCode.VALIDATION_ERROR, "args.by: the counter would leave the range of 32 bits");
    }
    return (int) sum;
  }
}
