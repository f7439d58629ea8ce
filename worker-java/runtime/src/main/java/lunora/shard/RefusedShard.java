package lunora.shard;

import lunora.error.LunoraException;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;

/**
 * A shard whose rows the app's schema would lose. It does nothing at all until an app is deployed
 * that they fit, and says why to whoever calls; its sockets are closed, to come back.
 */
public final class RefusedShard implements ShardHandler {

  /** When the alarm is tried again: what the shard has to do is not forgotten. */
  private static final long ALARM_AGAIN_MS = 600_000;

  /** Service restart: clients come back later. */
  private static final int CLOSE_CODE = 1012;

  private final ShardHost host;
  private final LunoraException refusal;

  public RefusedShard(ShardHost host, LunoraException refusal) {
    this.host = host;
    this.refusal = refusal;
    host.log().log(LogSink.Level.ERROR, "shard " + host.shardKey() + " refuses", refusal);
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    return answer();
  }

  @Override
  public PreparedCall prepare(HttpRequest request, String body) {
    return new Refused(answer());
  }

  private record Refused(HttpResponse answer) implements PreparedCall {
    @Override
    public boolean writes() {
      return false;
    }
  }

  private HttpResponse.Json answer() {
    return RpcResponses.error(ErrorBody.of(refusal, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  @Override
  public void alarm(AlarmEvent event, ActionHost actionHost) {
    host.alarm().set(host.clock().nowMs() + ALARM_AGAIN_MS);
  }

  @Override
  public void socketMessage(Socket socket, String frame) {
    socket.close(CLOSE_CODE, "schema");
  }

  @Override
  public void socketClosed(Socket socket) {}
}
