package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Param;
import lunora.api.QueryContext;
import lunora.api.Select;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Page;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated clients call, lists of items first. {@link Truth} says what each mutation does
 * and {@link Oracle} what each query gives, both in plain Java without the engine.
 */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
final class SimApp {

  /** From this rank on {@code items:guarded} asks who is calling. */
  static final int GUARDED_RANK = 90;

  /** An item with this text makes {@code items:fragile} throw. */
  static final String POISON = "poison";

  record Item(String list, int rank, String text, long amount) {}

  static final Field<Item, String> LIST = Field.of("list", Codecs.STRING, Item::list);
  static final Field<Item, Integer> RANK = Field.of("rank", Codecs.INT, Item::rank);
  static final Field<Item, String> TEXT = Field.of("text", Codecs.STRING, Item::text);
  private static final Field<Item, Long> AMOUNT = Field.of("amount", Codecs.LONG, Item::amount);
  private static final Index<Item> BY_LIST = Index.on("by_list", LIST);
  private static final Index<Item> BY_RANK = Index.on("by_rank", LIST, RANK);
  static final Table<Item> ITEMS =
      Table.<Item>named("items")
          .field(LIST)
          .field(RANK)
          .field(TEXT)
          .field(AMOUNT)
          .index(BY_LIST)
          .index(BY_RANK)
          .construct(r -> new Item(r.get(LIST), r.get(RANK), r.get(TEXT), r.get(AMOUNT)));

  static final Param<String> P_LIST = Param.of("list", Codecs.STRING);
  static final Param<Integer> P_RANK = Param.of("rank", Codecs.INT);
  private static final Param<Integer> P_TO = Param.of("to", Codecs.INT);
  private static final Param<String> P_TEXT = Param.of("text", Codecs.STRING);
  private static final Param<List<String>> P_TEXTS = Param.of("texts", Codecs.list(Codecs.STRING));
  private static final Param<Long> P_AMOUNT = Param.of("amount", Codecs.LONG);
  private static final Param<Id<Item>> P_ID = Param.of("id", Codecs.id());
  private static final Param<Integer> P_TAKE = Param.of("take", Codecs.INT);
  private static final Param<@Nullable String> P_CURSOR =
      Param.of("cursor", Codecs.nullable(Codecs.STRING));

  private SimApp() {}

  static AppModule module() {
    AppBuilder app = AppModule.create().table(ITEMS);
    queries(app);
    oddQueries(app);
    mutations(app);
    return app.include(SimCells.module())
        .include(SimShapes.module())
        .include(SimStreams.module())
        .build();
  }

  private static Select<Item> ofList(QueryContext ctx, String list) {
    return ctx.table(ITEMS).index(BY_LIST).eq(LIST, list);
  }

  private static void queries(AppBuilder app) {
    app.query(
        FunctionDescriptor.named("items:list")
            .param(P_LIST)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query((ctx, args) -> ofList(ctx, args.get(P_LIST)).collect()));
    app.query(
        FunctionDescriptor.named("items:newest")
            .param(P_LIST)
            .param(P_TAKE)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query(
                (ctx, args) ->
                    ofList(ctx, args.get(P_LIST)).order(Order.DESC).take(args.get(P_TAKE))));
    app.query(
        FunctionDescriptor.named("items:ranked")
            .param(P_LIST)
            .param(P_RANK)
            .param(P_TO)
            .param(P_TAKE)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query(
                (ctx, args) ->
                    ctx.table(ITEMS)
                        .index(BY_RANK)
                        .eq(LIST, args.get(P_LIST))
                        .gte(RANK, args.get(P_RANK))
                        .lt(RANK, args.get(P_TO))
                        .take(args.get(P_TAKE))));
    app.query(
        FunctionDescriptor.named("items:page")
            .param(P_LIST)
            .param(P_CURSOR)
            .param(P_TAKE)
            .returns(Codecs.page(Codecs.doc(ITEMS)))
            .query(SimApp::page));
    app.query(
        FunctionDescriptor.named("items:get")
            .param(P_ID)
            .returns(Codecs.optional(Codecs.doc(ITEMS)))
            .query((ctx, args) -> ctx.table(ITEMS).get(args.get(P_ID))));
    app.query(
        FunctionDescriptor.named("items:count")
            .param(P_LIST)
            .returns(Codecs.INT)
            .query((ctx, args) -> ofList(ctx, args.get(P_LIST)).collect().size()));
    app.query(
        FunctionDescriptor.named("items:search")
            .param(P_TEXT)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query(
                (ctx, args) -> ctx.table(ITEMS).all().filter(TEXT.eq(args.get(P_TEXT))).collect()));
  }

  private static Page<Doc<Item>> page(QueryContext ctx, Args args) {
    return ofList(ctx, args.get(P_LIST)).paginate(args.get(P_CURSOR), args.get(P_TAKE));
  }

  private static void oddQueries(AppBuilder app) {
    app.query(
        FunctionDescriptor.named("items:guarded")
            .param(P_LIST)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query((ctx, args) -> guarded(ctx, args.get(P_LIST))));
    app.query(
        FunctionDescriptor.named("items:fragile")
            .param(P_LIST)
            .returns(Codecs.list(Codecs.doc(ITEMS)))
            .query((ctx, args) -> fragile(ctx, args.get(P_LIST))));
  }

  /** Everybody's list, until it holds an item that only signed-in users may see. */
  private static List<Doc<Item>> guarded(QueryContext ctx, String list) {
    List<Doc<Item>> all = ofList(ctx, list).collect();
    if (all.stream().noneMatch(item -> item.value().rank() >= GUARDED_RANK)) {
      return all;
    }
    return ctx.auth().isPresent()
        ? all
        : all.stream().filter(item -> item.value().rank() < GUARDED_RANK).toList();
  }

  private static List<Doc<Item>> fragile(QueryContext ctx, String list) {
    List<Doc<Item>> all = ofList(ctx, list).collect();
    if (all.stream().anyMatch(item -> item.value().text().equals(POISON))) {
      throw new LunoraException(ErrorCode.CONFLICT, "poison");
    }
    return all;
  }

  private static void mutations(AppBuilder app) {
    app.mutation(
        FunctionDescriptor.named("items:add")
            .param(P_LIST)
            .param(P_RANK)
            .param(P_TEXT)
            .param(P_AMOUNT)
            .returns(Codecs.<Item>id())
            .mutation(
                (ctx, args) ->
                    ctx.table(ITEMS)
                        .insert(
                            new Item(
                                args.get(P_LIST),
                                args.get(P_RANK),
                                args.get(P_TEXT),
                                args.get(P_AMOUNT)))));
    app.mutation(
        FunctionDescriptor.named("items:addMany")
            .param(P_LIST)
            .param(P_TEXTS)
            .returns(Codecs.list(Codecs.<Item>id()))
            .mutation((ctx, args) -> addMany(ctx, args.get(P_LIST), args.get(P_TEXTS))));
    app.mutation(
        FunctionDescriptor.named("items:edit")
            .param(P_ID)
            .param(P_RANK)
            .param(P_TEXT)
            .mutation(
                (ctx, args) -> {
                  ctx.table(ITEMS)
                      .patch(
                          args.get(P_ID), RANK.set(args.get(P_RANK)), TEXT.set(args.get(P_TEXT)));
                  return null;
                }));
    app.mutation(
        FunctionDescriptor.named("items:move")
            .param(P_ID)
            .param(P_LIST)
            .mutation(
                (ctx, args) -> {
                  ctx.table(ITEMS).patch(args.get(P_ID), LIST.set(args.get(P_LIST)));
                  return null;
                }));
    app.mutation(
        FunctionDescriptor.named("items:remove")
            .param(P_ID)
            .mutation(
                (ctx, args) -> {
                  ctx.table(ITEMS).delete(args.get(P_ID));
                  return null;
                }));
  }

  private static List<Id<Item>> addMany(MutationContext ctx, String list, List<String> texts) {
    List<Id<Item>> added = new ArrayList<>();
    for (String text : texts) {
      added.add(ctx.table(ITEMS).insert(new Item(list, added.size(), text, texts.size())));
    }
    return added;
  }
}
