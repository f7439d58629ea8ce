package lunora.admin;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;

/**
 * Routes of the protocol (section 15.3) behind which a deployment of this runtime has nothing: they
 * say so by the protocol's code, and not by a 404 that could be a misspelling.
 */
public final class AbsentRoutes {

  private AbsentRoutes() {}

  /** Adds {@code export-tap/run} and {@code kv/*}. */
  public static void add(AdminRoutes routes) {
    String taps = "no export taps are configured: read the changes with connector/sync";
    String kv = "no KV namespace is bound to the admin plane";
    routes.add("POST export-tap/run", refusal(ErrorCode.EXPORT_TAP_NOT_CONFIGURED, taps));
    routes.add("GET kv/namespaces", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    routes.add("GET kv/keys", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      routes.add(method + " kv/value", refusal(ErrorCode.KV_NOT_CONFIGURED, kv));
    }
  }

  private static AdminRoute refusal(ErrorCode code, String why) {
    return (request, host) -> {
      throw new LunoraException(code, why);
    };
  }
}
