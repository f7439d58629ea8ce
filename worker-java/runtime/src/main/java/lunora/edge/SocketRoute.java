package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;
import lunora.security.BearerToken;
import lunora.security.SecurityPolicy;
import lunora.wire.JsonWriter;

/** Opens sockets: a user's once the shard is theirs, an operator's by the admin token. */
final class SocketRoute {

  static final String PATH = "/_lunora/ws";

  private final Access access;
  private final AdminPlane operators;

  SocketRoute(Access access, AdminPlane operators) {
    this.access = access;
    this.operators = operators;
  }

  /**
   * Answers an upgrade. May suspend.
   *
   * @throws LunoraException {@code FORBIDDEN}, {@code FORBIDDEN_SHARD} and what the authenticator
   *     refuses
   */
  HttpResponse answer(HttpRequest request, WorkerHost host, SecurityPolicy security) {
    if (!request.method().equals("GET")) {
      return EdgeHandler.wrongMethod("GET");
    }
    if (!"websocket".equalsIgnoreCase(request.header("upgrade"))) {
      LunoraException refusal =
          new LunoraException(
              ErrorCode.BAD_REQUEST.name(), 426, "this path takes WebSocket upgrades only");
      return RpcResponses.error(new ErrorBody(426, refusal), new JsonWriter())
          .with("upgrade", "websocket");
    }
    String token = BearerToken.ofUpgrade(request);
    HttpResponse refusal = security.upgradeRefusal(request, token != null);
    if (refusal != null) {
      return refusal;
    }
    String shardKey = ShardKeys.resolve(request.query("shard"), access.defaultShardKey());
    boolean operator = operators.access().opensSocket(request, host, host.clock().nowMs());
    if (!operator && !security.opensSocket(token)) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "sockets of this deployment need its token");
    }
    if (operator) {
      HttpResponse opened = ofOperator(shardKey, request, host);
      return opened;
    }
    Optional<Identity> identity = access.identify(request, host);
    access.authorizeShard(identity, shardKey);
    return host.shards().upgrade(shardKey, request, ShardHeaders.of(request, identity));
  }

  private HttpResponse ofOperator(String shardKey, HttpRequest request, WorkerHost host) {
    operators.watched(shardKey, request, host);
    String mark = operators.access().socketMark(host);
    Map<String, String> headers = ShardHeaders.of(request, Optional.empty());
    headers.putAll(IdentityHeaders.ofAdmin(mark));
    HttpResponse opened = host.shards().upgrade(shardKey, request, headers);
    return opened;
  }
}
