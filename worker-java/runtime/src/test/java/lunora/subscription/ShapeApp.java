package lunora.subscription;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import lunora.Items;
import lunora.Items.Item;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.MutationContext;
import lunora.api.Param;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.query.PredicateText;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Predicate;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** An app with shapes whose conditions come as arguments, and one mutation that writes anything. */
@SuppressWarnings("NullAway") // it does not see that a type argument is nullable
final class ShapeApp {

  private static final Param<Value> P_WHERE = Param.of("where", Codecs.ANY);
  private static final Param<Integer> P_CUT = Param.of("cut", Codecs.INT);
  private static final Param<Integer> P_SEED = Param.of("seed", Codecs.INT);
  private static final Param<Integer> P_COUNT = Param.of("count", Codecs.INT);

  /** How many ways of cutting rows {@link #SHAPE} knows: whole, two fields, three and the time. */
  static final int CUTS = 3;

  static final ShapeDescriptor<Item> SHAPE =
      ShapeDescriptor.named("items")
          .param(P_WHERE)
          .param(P_CUT)
          .shape((ctx, args) -> cut(rows(args.get(P_WHERE)), args.get(P_CUT)));

  /** The items whose note is the caller's name. */
  static final ShapeDescriptor<Item> MINE =
      ShapeDescriptor.named("mine")
          .shape(
              (ctx, args) -> {
                if (ctx.auth().isEmpty()) {
                  throw new LunoraException(ErrorCode.FORBIDDEN, "sign in first");
                }
                return ShapeOf.rows(Items.TABLE).where(Items.NOTE.eq(ctx.auth().get().userId()));
              });

  static final ShapeDescriptor<Item> BROKEN =
      ShapeDescriptor.named("broken")
          .shape(
              (ctx, args) -> {
                throw new IllegalStateException("a secret detail");
              });

  static final FunctionDescriptor.OfMutation<@Nullable Void> WRITE =
      FunctionDescriptor.named("items:write")
          .param(P_SEED)
          .param(P_COUNT)
          .mutation(
              (ctx, args) -> {
                Random random = new Random(args.get(P_SEED));
                for (int i = 0; i < args.get(P_COUNT); i++) {
                  writeAnything(ctx, random);
                }
                return null;
              });

  static final AppModule MODULE =
      AppModule.create()
          .table(Items.TABLE)
          .mutation(WRITE)
          .shape(SHAPE)
          .shape(MINE)
          .shape(BROKEN)
          .build();

  private ShapeApp() {}

  private static ShapeOf<Item> rows(Value where) {
    Predicate<Item> condition = PredicateText.ofValue(Items.TABLE, where);
    return ShapeOf.rows(Items.TABLE).where(Objects.requireNonNull(condition));
  }

  private static ShapeOf<Item> cut(ShapeOf<Item> rows, int cut) {
    return switch (cut) {
      case 0 -> rows;
      case 1 -> rows.columns(Items.NAME, Items.NOTE);
      default -> rows.columns(Items.BIG, Items.RANK, Items.BLOB).withCreationTime();
    };
  }

  private static void writeAnything(MutationContext ctx, Random random) {
    var items = ctx.table(Items.TABLE);
    List<Doc<Item>> rows = items.all().collect();
    int kind = rows.isEmpty() ? 0 : random.nextInt(6);
    if (kind <= 1) {
      items.insert(Items.random(random));
      return;
    }
    Id<Item> id = Items.one(rows, random).id();
    switch (kind) {
      case 2 -> items.delete(id);
      case 3 -> items.replace(id, Items.random(random));
      case 4 -> items.patch(id, Items.RANK.set(Items.random(random).rank()));
      default -> items.patch(id, Items.NOTE.set(random.nextBoolean() ? "x" : "y"));
    }
  }
}
