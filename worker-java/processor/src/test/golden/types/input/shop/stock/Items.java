package shop.stock;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.Default;
import lunora.api.Functions;
import lunora.api.Internal;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import shop.Order;

/** Results of every kind, and names that collide. */
@Functions("stock/items")
interface Items {

  @Query
  static Optional<Doc<Item>> find(QueryContext ctx, Id<Item> id) {
    return ctx.table(ItemTable.TABLE).get(id);
  }

  @Query
  static List<Doc<Item>> all(QueryContext ctx) {
    return ctx.table(ItemTable.TABLE).all().collect();
  }

  @Query
  static Doc<Item> first(QueryContext ctx) {
    return ctx.table(ItemTable.TABLE).all().first().orElseThrow();
  }

  @Query
  static @Nullable String nameOrNull(QueryContext ctx, Optional<String> name) {
    return name.orElse(null);
  }

  @Query
  static Order.Status status(QueryContext ctx, @Default("SHIPPED") Order.Status status) {
    return status;
  }

  @Query
  static Order.Address address(
      QueryContext ctx, Map<String, Integer> counts, List<byte[]> blobs, Order.Address address) {
    return address;
  }

  @Query
  static Value echo(QueryContext ctx, Value module) {
    return module;
  }

  @Query
  static int module(QueryContext ctx, int FIND, int FunctionCall) {
    return FIND + FunctionCall;
  }

  @Query
  static boolean moduleFind(QueryContext ctx, int x) {
    return x > 0;
  }

  @Query
  static double toString(QueryContext ctx) {
    return 1.0;
  }

  @Mutation
  @Internal
  static void clear(
      MutationContext ctx,
      Optional<Id<Item>> theFirstOneWithAVeryLongName,
      Optional<Id<Item>> theSecondOneWithAVeryLongName) {}
}
