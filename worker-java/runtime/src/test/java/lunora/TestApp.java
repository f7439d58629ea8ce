package lunora;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.Order;
import lunora.api.Param;
import lunora.api.TableWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Page;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** A small chat over the builder: what the engine's own tests call. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
public final class TestApp {

  /** A line of a channel. */
  public record Message(String channel, String author, String body) {}

  /** A named number. */
  public record Counter(String name, int value) {}

  public static final Field<Message, String> CHANNEL =
      Field.of("channel", Codecs.STRING, Message::channel);
  public static final Field<Message, String> AUTHOR =
      Field.of("author", Codecs.STRING, Message::author);
  public static final Field<Message, String> BODY = Field.of("body", Codecs.STRING, Message::body);
  public static final Index<Message> BY_CHANNEL = Index.on("by_channel", CHANNEL);
  public static final Index<Message> BY_AUTHOR = Index.on("by_author", CHANNEL, AUTHOR);
  public static final Table<Message> MESSAGES =
      Table.<Message>named("messages")
          .field(CHANNEL)
          .field(AUTHOR)
          .field(BODY)
          .index(BY_CHANNEL)
          .index(BY_AUTHOR)
          .construct(row -> new Message(row.get(CHANNEL), row.get(AUTHOR), row.get(BODY)));

  public static final Field<Counter, String> NAME = Field.of("name", Codecs.STRING, Counter::name);
  public static final Field<Counter, Integer> VALUE = Field.of("value", Codecs.INT, Counter::value);
  public static final Index<Counter> BY_NAME = Index.unique("by_name", NAME);
  public static final Table<Counter> COUNTERS =
      Table.<Counter>named("counters")
          .field(NAME)
          .field(VALUE)
          .index(BY_NAME)
          .construct(row -> new Counter(row.get(NAME), row.get(VALUE)));

  private static final Param<String> P_CHANNEL = Param.of("channel", Codecs.STRING);
  private static final Param<String> P_AUTHOR = Param.of("author", Codecs.STRING.length(1, 80));
  private static final Param<String> P_BODY = Param.of("body", Codecs.STRING.length(1, 4000));
  private static final Param<Integer> P_LIMIT =
      Param.of("limit", Codecs.defaulted(Codecs.INT.range(1, 200), 50));
  private static final Param<Id<Message>> P_ID = Param.of("id", Codecs.id());
  private static final Param<@Nullable String> P_CURSOR =
      Param.of("cursor", Codecs.nullable(Codecs.STRING));
  private static final Param<Integer> P_NUM_ITEMS = Param.of("numItems", Codecs.INT.range(1, 1000));
  private static final Param<String> P_NAME = Param.of("name", Codecs.STRING);
  private static final Param<Integer> P_BY = Param.of("by", Codecs.INT);
  private static final Param<Value> P_VALUE = Param.of("value", Codecs.ANY);
  private static final Param<BigInteger> P_AMOUNT = Param.of("amount", Codecs.BIG_INTEGER);

  public static final FunctionDescriptor.OfQuery<List<Doc<Message>>> LIST =
      FunctionDescriptor.named("messages:list")
          .param(P_CHANNEL)
          .param(P_LIMIT)
          .returns(Codecs.list(Codecs.doc(MESSAGES)))
          .query(
              (ctx, args) ->
                  ctx.table(MESSAGES)
                      .index(BY_CHANNEL)
                      .eq(CHANNEL, args.get(P_CHANNEL))
                      .order(Order.DESC)
                      .take(args.get(P_LIMIT)));

  public static final FunctionDescriptor.OfQuery<Page<Doc<Message>>> PAGE =
      FunctionDescriptor.named("messages:page")
          .param(P_CHANNEL)
          .param(P_CURSOR)
          .param(P_NUM_ITEMS)
          .returns(Codecs.page(Codecs.doc(MESSAGES)))
          .query(
              (ctx, args) ->
                  ctx.table(MESSAGES)
                      .index(BY_CHANNEL)
                      .eq(CHANNEL, args.get(P_CHANNEL))
                      .order(Order.DESC)
                      .paginate(args.get(P_CURSOR), args.get(P_NUM_ITEMS)));

  public static final FunctionDescriptor.OfQuery<Optional<Doc<Message>>> GET =
      FunctionDescriptor.named("messages:get")
          .param(P_ID)
          .returns(Codecs.optional(Codecs.doc(MESSAGES)))
          .query((ctx, args) -> ctx.table(MESSAGES).get(args.get(P_ID)));

  public static final FunctionDescriptor.OfMutation<Id<Message>> SEND =
      FunctionDescriptor.named("messages:send")
          .param(P_CHANNEL)
          .param(P_AUTHOR)
          .param(P_BODY)
          .returns(Codecs.<Message>id())
          .mutation(
              (ctx, args) ->
                  ctx.table(MESSAGES)
                      .insert(
                          new Message(args.get(P_CHANNEL), args.get(P_AUTHOR), args.get(P_BODY))));

  public static final FunctionDescriptor.OfMutation<@Nullable Void> EDIT =
      FunctionDescriptor.named("messages:edit")
          .param(P_ID)
          .param(P_BODY)
          .mutation(
              (ctx, args) -> {
                ctx.table(MESSAGES).patch(args.get(P_ID), BODY.set(args.get(P_BODY)));
                return null;
              });

  public static final FunctionDescriptor.OfMutation<@Nullable Void> REMOVE =
      FunctionDescriptor.named("messages:remove")
          .param(P_ID)
          .mutation(
              (ctx, args) -> {
                ctx.table(MESSAGES).delete(args.get(P_ID));
                return null;
              });

  public static final FunctionDescriptor.OfMutation<Integer> ADD =
      FunctionDescriptor.named("counters:add")
          .param(P_NAME)
          .param(P_BY)
          .returns(Codecs.INT)
          .mutation((ctx, args) -> add(ctx.table(COUNTERS), args.get(P_NAME), args.get(P_BY)));

  public static final FunctionDescriptor.OfMutation<Integer> PUSH =
      FunctionDescriptor.named("counters:push")
          .param(P_NAME)
          .param(P_BY)
          .returns(Codecs.INT)
          .customMutator((ctx, args) -> add(ctx.table(COUNTERS), args.get(P_NAME), args.get(P_BY)));

  public static final FunctionDescriptor.OfMutation<Integer> ADD_THEN_FAIL =
      FunctionDescriptor.named("counters:addThenFail")
          .param(P_NAME)
          .param(P_BY)
          .returns(Codecs.INT)
          .mutation(
              (ctx, args) -> {
                add(ctx.table(COUNTERS), args.get(P_NAME), args.get(P_BY));
                throw new LunoraException(ErrorCode.CONFLICT, "failed after the write");
              });

  public static final FunctionDescriptor.OfQuery<Integer> GET_COUNTER =
      FunctionDescriptor.named("counters:get")
          .param(P_NAME)
          .returns(Codecs.INT)
          .query(
              (ctx, args) -> {
                Optional<Doc<Counter>> counter =
                    ctx.table(COUNTERS).index(BY_NAME).eq(NAME, args.get(P_NAME)).unique();
                return counter.isPresent() ? counter.get().value().value() : 0;
              });

  public static final FunctionDescriptor.OfQuery<String> WHO =
      FunctionDescriptor.named("system:who")
          .returns(Codecs.STRING)
          .query((ctx, args) -> ctx.auth().isPresent() ? ctx.auth().get().userId() : "nobody");

  public static final FunctionDescriptor.OfQuery<Value> ECHO =
      FunctionDescriptor.named("system:echo")
          .param(P_VALUE)
          .returns(Codecs.ANY)
          .query((ctx, args) -> args.get(P_VALUE));

  public static final FunctionDescriptor.OfQuery<String> CRASH =
      FunctionDescriptor.named("system:crash")
          .returns(Codecs.STRING)
          .query(
              (ctx, args) -> {
                throw new IllegalStateException("a secret detail");
              });

  public static final FunctionDescriptor.OfQuery<BigInteger> BIG =
      FunctionDescriptor.named("system:big")
          .param(P_AMOUNT)
          .returns(Codecs.BIG_INTEGER)
          .query((ctx, args) -> args.get(P_AMOUNT));

  public static final FunctionDescriptor.OfQuery<String> SECRET =
      FunctionDescriptor.internal("system:secretInternal")
          .returns(Codecs.STRING)
          .query((ctx, args) -> "internal");

  public static final FunctionDescriptor.OfAction<Integer> FETCH_STATUS =
      FunctionDescriptor.named("system:fetchStatus")
          .param(P_NAME)
          .returns(Codecs.INT)
          .action((ctx, args) -> ctx.http().get(ctx.ownUrl(args.get(P_NAME))).status());

  private TestApp() {}

  public static AppModule module() {
    return AppModule.create()
        .table(MESSAGES)
        .table(COUNTERS)
        .query(LIST)
        .query(PAGE)
        .query(GET)
        .mutation(SEND)
        .mutation(EDIT)
        .mutation(REMOVE)
        .mutation(ADD)
        .mutation(PUSH)
        .mutation(ADD_THEN_FAIL)
        .query(GET_COUNTER)
        .query(WHO)
        .query(ECHO)
        .query(CRASH)
        .query(BIG)
        .query(SECRET)
        .action(FETCH_STATUS)
        .build();
  }

  private static int add(TableWriter<Counter> counters, String name, int by) {
    Optional<Doc<Counter>> counter = counters.index(BY_NAME).eq(NAME, name).unique();
    if (counter.isEmpty()) {
      counters.insert(new Counter(name, by));
      return by;
    }
    int value = counter.get().value().value() + by;
    counters.patch(counter.get().id(), VALUE.set(value));
    return value;
  }
}
