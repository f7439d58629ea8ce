package lunora.admin;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonText;

/**
 * Routes and operations of the protocol (sections 15.2 and 15.3) behind which a deployment of this
 * runtime has nothing: they say so by the protocol's code, and not by a 404 that could be a
 * misspelling.
 */
public final class AbsentRoutes {

  private AbsentRoutes() {}

  /** Adds them. */
  public static void add(AdminRoutes routes) {
    String taps = "no export taps are configured: read the changes with connector/sync";
    String kv = "no KV namespace is bound to the admin plane";
    String vectors = "no vector index is bound to the admin plane";
    routes.add("POST export-tap/run", refusal(ErrorCode.EXPORT_TAP_NOT_CONFIGURED, taps));
    routes.add("GET kv/namespaces", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    routes.add("GET kv/keys", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      routes.add(method + " kv/value", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    }
    routes.add("GET vector/indexes", refusal(ErrorCode.VECTORS_NOT_CONFIGURED, vectors));
    routes.add("POST vector/query", refusal(ErrorCode.VECTORS_NOT_CONFIGURED, vectors));
    routes.addBelow(
        "workflows", refusal(ErrorCode.WORKFLOWS_NOT_CONFIGURED, "this app has no workflows"));
    routes.addBelow(
        "auth", refusal(ErrorCode.AUTH_NOT_CONFIGURED, "users are those of an identity provider"));
    routes.addBelow(
        "pitr",
        refusal(
            ErrorCode.PITR_UNAVAILABLE, "restore to a time with `npx lunora backup restore --to`"));
    routes.op(
        "getAuthAuditLog",
        (shardKey, args, host) -> {
          throw new LunoraException(
              ErrorCode.AUTH_AUDIT_NOT_CONFIGURED, "users are those of an identity provider");
        });
    routes.op(
        "listPushSubscriptions",
        (shardKey, args, host) -> CatalogRoutes.result(JsonText.of("{\"subscriptions\":[]}")));
  }

  private static AdminRoute refusal(ErrorCode code, String why) {
    return (request, host) -> {
      throw new LunoraException(code, why);
    };
  }
}
