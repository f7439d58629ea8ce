package lunora.sim;

import lunora.api.AppModule;
import lunora.api.ShapeContext;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;

/**
 * The shapes of {@link SimApp}: rows cut to columns, whole rows by rank, and rows of the caller.
 */
final class SimShapes {

  private SimShapes() {}

  static AppModule module() {
    return AppModule.create()
        .shape(
            ShapeDescriptor.named("ofList")
                .param(SimApp.P_LIST)
                .shape(
                    (ctx, args) ->
                        ShapeOf.rows(SimApp.ITEMS)
                            .where(SimApp.LIST.eq(args.get(SimApp.P_LIST)))
                            .columns(SimApp.RANK, SimApp.TEXT)))
        .shape(
            ShapeDescriptor.named("fromRank")
                .param(SimApp.P_RANK)
                .shape(
                    (ctx, args) ->
                        ShapeOf.rows(SimApp.ITEMS).where(SimApp.RANK.gte(args.get(SimApp.P_RANK)))))
        .shape(
            ShapeDescriptor.named("mine")
                .shape(
                    (ctx, args) ->
                        ShapeOf.rows(SimCells.NOTES).where(SimCells.OWNER.eq(callerOf(ctx)))))
        .build();
  }

  private static String callerOf(ShapeContext ctx) {
    return ctx.auth().isPresent() ? ctx.auth().get().userId() : "";
  }
}
