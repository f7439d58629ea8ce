package lunora.benchapp;

import java.util.List;
import lunora.api.Functions;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.schema.Doc;
import lunora.schema.Id;

/** The queries whose matching the benchmark measures: one for each kind of condition. */
@Functions("offers")
public final class Offers {

  private static final int LISTED_MAX = 20;

  private Offers() {}

  /** Along an index: prices from {@code from} to below {@code to}. */
  @Query
  static List<Doc<Offer>> priced(QueryContext ctx, double from, double to) {
    return ctx.table(OfferTable.TABLE)
        .index(OfferTable.BY_PRICE)
        .gte(OfferTable.PRICE, from)
        .lt(OfferTable.PRICE, to)
        .take(LISTED_MAX);
  }

  /** Along a compound index: an equality, then a range. */
  @Query
  static List<Doc<Offer>> inShop(QueryContext ctx, String shop, double from, double to) {
    return ctx.table(OfferTable.TABLE)
        .index(OfferTable.BY_SHOP_PRICE)
        .eq(OfferTable.SHOP, shop)
        .gte(OfferTable.PRICE, from)
        .lt(OfferTable.PRICE, to)
        .take(LISTED_MAX);
  }

  /** Along no index, newest first: every offer is looked at. */
  @Query
  static List<Doc<Offer>> rated(QueryContext ctx, double from, double to) {
    return ctx.table(OfferTable.TABLE)
        .all()
        .filter(OfferTable.RATING.gte(from).and(OfferTable.RATING.lt(to)))
        .order(Order.DESC)
        .take(LISTED_MAX);
  }

  /** A window: the lowest prices of a shop. Its runs are counted. */
  @Query
  static List<Doc<Offer>> cheapest(QueryContext ctx, String shop, int limit) {
    Probe.runs++;
    return ctx.table(OfferTable.TABLE)
        .index(OfferTable.BY_SHOP_PRICE)
        .eq(OfferTable.SHOP, shop)
        .take(limit);
  }

  /** Puts something up for sale. */
  @Mutation
  static Id<Offer> add(
      MutationContext ctx, String shop, double price, double rating, String title) {
    return ctx.table(OfferTable.TABLE).insert(new Offer(shop, price, rating, title));
  }
}
