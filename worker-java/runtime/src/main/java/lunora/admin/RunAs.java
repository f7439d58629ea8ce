package lunora.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.InputFields;
import lunora.rpc.ShardRequests;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * {@code runAs {functionPath, args?, userId?, identity?, system?}}: calls a function as that user,
 * without one as an anonymous client. Row policies count as they do for the user. With {@code
 * system} internal functions may be called too.
 */
public final class RunAs {

  private RunAs() {}

  /** Adds the operation. */
  public static void add(AdminRoutes routes) {
    routes.op("runAs", RunAs::run);
  }

  private static HttpResponse.Json run(String shardKey, Value.Obj args, WorkerHost host) {
    String path = AdminInput.text(args, "functionPath");
    if (path.startsWith("__lunora")) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "runAs calls functions of the app");
    }
    InputFields given = new InputFields(args);
    Map<String, String> headers = new LinkedHashMap<>(IdentityHeaders.of(identity(given)));
    if (given.flag("system", false)) {
      headers.putAll(IdentityHeaders.ofSystem());
    }
    Value.Obj callArgs = given.objectOrEmpty("args");
    JsonWriter body = new JsonWriter().raw("{\"functionPath\":").string(path).raw(",\"args\":");
    WireCodec.write(callArgs, body);
    JsonText text = body.raw("}").finish();
    HttpResponse.Json answer =
        host.shards().post(shardKey, ShardRequests.RPC_PATH, headers, text.toString());
    return answer;
  }

  private static Optional<Identity> identity(InputFields given) {
    InputFields identity = new InputFields(given.objectOrEmpty("identity"));
    String claimed = identity.textOrNull("userId");
    String userId = given.textOrNull("userId");
    if (userId == null) {
      userId = claimed;
    }
    if (userId == null || userId.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Value> claims = new LinkedHashMap<>(identity.object().fields());
    claims.remove("userId");
    return Optional.of(new Identity(userId, new Value.Obj(claims), null));
  }
}
