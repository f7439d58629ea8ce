package lunora.example;

import lunora.api.Action;
import lunora.api.ActionContext;
import lunora.api.Functions;
import lunora.api.Internal;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.wire.Value;

/** Functions that try out the system itself. */
@Functions("system")
public final class SystemFunctions {

  private SystemFunctions() {}

  /** Whether anybody is there. */
  @Query
  static String ping(QueryContext ctx) {
    return "pong";
  }

  /** Answers what it was sent, whatever it is. */
  @Query
  static Value echo(QueryContext ctx, Value value) {
    return value;
  }

  /** Cannot be called from outside. */
  @Internal
  @Query
  static String secretInternal(QueryContext ctx) {
    return "only functions see this";
  }

  /** The HTTP status of a path of this very deployment. */
  @Action
  static int fetchStatus(ActionContext ctx, String path) {
    return ctx.http().get(ctx.ownUrl(path)).status();
  }
}
