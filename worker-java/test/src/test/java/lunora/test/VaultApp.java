package lunora.test;

import java.util.List;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Order;
import lunora.api.Param;
import lunora.api.RowAccess;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.api.TableReader;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** Secrets that their owners share with one reader at a time. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
final class VaultApp {

  record Secret(String owner, String reader, String text) {}

  /** In how many ways {@code vault:read} reads the table. */
  static final int WAYS = 6;

  private static final Field<Secret, String> OWNER =
      Field.of("owner", Codecs.STRING, Secret::owner);

  /** Without an index: the policy is tested in Java. */
  private static final Field<Secret, String> READER =
      Field.of("reader", Codecs.STRING, Secret::reader);

  private static final Field<Secret, String> TEXT = Field.of("text", Codecs.STRING, Secret::text);
  private static final Index<Secret> BY_OWNER = Index.on("by_owner", OWNER);
  static final Table<Secret> TABLE =
      Table.<Secret>named("vault")
          .field(OWNER)
          .field(READER)
          .field(TEXT)
          .index(BY_OWNER)
          .rls()
          .construct(row -> new Secret(row.get(OWNER), row.get(READER), row.get(TEXT)));

  private static final Param<String> P_READER = Param.of("reader", Codecs.STRING);
  private static final Param<String> P_TEXT = Param.of("text", Codecs.STRING);
  private static final Param<Integer> P_WAY = Param.of("way", Codecs.INT);
  private static final Param<Id<Secret>> P_ID = Param.of("id", Codecs.id());

  private static final FunctionDescriptor.OfQuery<List<Doc<Secret>>> READ =
      FunctionDescriptor.named("vault:read")
          .param(P_WAY)
          .returns(Codecs.list(Codecs.doc(TABLE)))
          .query((ctx, args) -> read(ctx.table(TABLE), args.get(P_WAY)));

  private static final FunctionDescriptor.OfQuery<Integer> COUNT =
      FunctionDescriptor.named("vault:count")
          .returns(Codecs.INT)
          .query((ctx, args) -> ctx.table(TABLE).all().count());

  private static final FunctionDescriptor.OfMutation<Id<Secret>> PUT =
      FunctionDescriptor.named("vault:put")
          .param(P_READER)
          .param(P_TEXT)
          .returns(Codecs.<Secret>id())
          .mutation(
              (ctx, args) ->
                  ctx.table(TABLE)
                      .insert(
                          new Secret(ctx.user().userId(), args.get(P_READER), args.get(P_TEXT))));

  private static final FunctionDescriptor.OfMutation<@Nullable Void> SHARE =
      FunctionDescriptor.named("vault:share")
          .param(P_ID)
          .param(P_READER)
          .param(P_TEXT)
          .mutation(
              (ctx, args) -> {
                ctx.table(TABLE)
                    .patch(
                        args.get(P_ID), READER.set(args.get(P_READER)), TEXT.set(args.get(P_TEXT)));
                return null;
              });

  private static final FunctionDescriptor.OfMutation<@Nullable Void> REMOVE =
      FunctionDescriptor.named("vault:remove")
          .param(P_ID)
          .mutation(
              (ctx, args) -> {
                ctx.table(TABLE).delete(args.get(P_ID));
                return null;
              });

  private static final ShapeDescriptor<Secret> SHAPE =
      ShapeDescriptor.named("vault").shape((ctx, args) -> ShapeOf.rows(TABLE));

  private VaultApp() {}

  private static List<Doc<Secret>> read(TableReader<Secret> table, int way) {
    return switch (way) {
      case 0 -> table.all().collect();
      case 1 -> table.all().order(Order.DESC).take(3);
      case 2 -> table.index(BY_OWNER).eq(OWNER, "ann").collect();
      case 3 -> table.all().paginate(null, 4).page();
      case 4 -> table.all().filter(row -> row.value().text().length() % 2 == 0).take(2);
      default ->
          table.all().first().flatMap(row -> table.get(row.id())).map(List::of).orElse(List.of());
    };
  }

  static AppModule module() {
    return AppModule.create()
        .table(TABLE)
        .policy(
            TABLE,
            RowAccess.READ,
            ctx -> OWNER.eq(ctx.user().userId()).or(READER.eq(ctx.user().userId())))
        .policy(TABLE, RowAccess.WRITE, ctx -> OWNER.eq(ctx.user().userId()))
        .query(READ)
        .query(COUNT)
        .mutation(PUT)
        .mutation(SHARE)
        .mutation(REMOVE)
        .shape(SHAPE)
        .build();
  }

  static FunctionCall<Integer> count() {
    return FunctionCall.of(COUNT).build();
  }

  static FunctionCall<Id<Secret>> put(String reader, String text) {
    return FunctionCall.of(PUT).with(P_READER, reader).with(P_TEXT, text).build();
  }

  static FunctionCall<@Nullable Void> share(Id<Secret> id, String reader, String text) {
    return FunctionCall.of(SHARE).with(P_ID, id).with(P_READER, reader).with(P_TEXT, text).build();
  }

  static FunctionCall<@Nullable Void> remove(Id<Secret> id) {
    return FunctionCall.of(REMOVE).with(P_ID, id).build();
  }
}
