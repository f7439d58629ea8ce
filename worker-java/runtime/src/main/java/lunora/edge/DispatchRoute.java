package lunora.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import lunora.api.JobRun;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job for a scheduler of elsewhere that holds the secret (protocol section 17). Our own does
 * not come this way: it reaches shards by their binding.
 */
final class DispatchRoute {

  static final String PATH = "/_lunora/scheduler/dispatch";

  private static final String SIGNATURE = "x-lunora-scheduler-signature";
  private static final String SECRET = "LUNORA_SCHEDULER_SECRET";

  private final AdminAccess admin;
  private final String defaultShardKey;

  DispatchRoute(AdminAccess admin, String defaultShardKey) {
    this.admin = admin;
    this.defaultShardKey = defaultShardKey;
  }

  /**
   * Answers as the shard does. May suspend.
   *
   * @throws LunoraException {@code DISPATCH_UNAUTHENTICATED} unless the body is signed with the
   *     secret or the request brings the admin token
   */
  HttpResponse answer(HttpRequest request, WorkerHost host) {
    String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    boolean signed = isSigned(request, body, host);
    if (!signed && !admin.hasToken(request, host)) {
      throw new LunoraException(
          ErrorCode.DISPATCH_UNAUTHENTICATED, "jobs are sent by the deployment's scheduler only");
    }
    Map<String, Value> job = read(body);
    if (job.containsKey("workflow")) {
      throw new LunoraException(
          ErrorCode.WORKFLOWS_NOT_CONFIGURED, "jobs of this deployment call functions only");
    }
    String shardKey = ShardKeys.resolve(text(job, "shardKey"), defaultShardKey);
    Map<String, String> headers = IdentityHeaders.ofJob(new JobRun(required(job, "id"), 1));
    JsonWriter call = new JsonWriter();
    call.raw("{\"functionPath\":").string(required(job, "functionPath")).raw(",\"args\":");
    Json.write(job.getOrDefault("args", new Value.Obj(Map.of())), call);
    String text = call.raw("}").finish().toString();
    return host.shards().post(shardKey, ShardRequests.RPC_PATH, headers, text);
  }

  private static boolean isSigned(HttpRequest request, String body, WorkerHost host) {
    String signature = request.header(SIGNATURE);
    String secret = host.variable(SECRET);
    if (signature == null || secret == null || secret.isEmpty()) {
      return false;
    }
    byte[] code;
    try {
      code = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    HmacSecret key = host.crypto().hmacSecret(secret.getBytes(StandardCharsets.UTF_8));
    boolean matches = key.verify(code, body.getBytes(StandardCharsets.UTF_8));
    return matches;
  }

  private static Map<String, Value> read(String body) {
    try {
      if (Json.read(body) instanceof Value.Obj job) {
        return job.fields();
      }
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "a job is sent as JSON");
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "a job is a JSON object");
  }

  private static String required(Map<String, Value> job, String name) {
    String value = text(job, name);
    if (value == null || value.isEmpty()) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "a job has " + name);
    }
    return value;
  }

  private static @Nullable String text(Map<String, Value> job, String name) {
    return job.get(name) instanceof Value.Str text ? text.value() : null;
  }
}
