package lunora.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import lunora.api.JobRun;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.HmacSecret;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.scheduler.CronTicks;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job for a scheduler of elsewhere that holds the secret (protocol section 17). Our own
 * comes this way only with tasks of cron triggers that the Worker alone knows: it reaches shards by
 * their binding.
 */
final class DispatchRoute {

  static final String PATH = "/_lunora/scheduler/dispatch";

  private static final String SIGNATURE = "x-lunora-scheduler-signature";
  private static final String SECRET = "LUNORA_SCHEDULER_SECRET";

  private final AdminAccess admin;
  private final String defaultShardKey;
  private final CronTable crons;

  DispatchRoute(AdminAccess admin, String defaultShardKey, CronTable crons) {
    this.admin = admin;
    this.defaultShardKey = defaultShardKey;
    this.crons = crons;
  }

  /**
   * Answers as the shard does. May suspend.
   *
   * @throws LunoraException {@code DISPATCH_UNAUTHENTICATED} unless the body is signed with the
   *     secret, the request brings the admin token, or, for a task of a cron trigger, the body has
   *     the ticket that our own scheduler gave the try that it is making
   */
  HttpResponse answer(HttpRequest request, WorkerHost host) {
    String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    boolean known = isSigned(request, body, host);
    if (!known) {
      known = admin.hasToken(request, host);
    }
    if (!known) {
      known = isOurs(body, host);
    }
    if (!known) {
      throw new LunoraException(
          ErrorCode.DISPATCH_UNAUTHENTICATED, "jobs are sent by the deployment's scheduler only");
    }
    Map<String, Value> job = read(body);
    if (job.containsKey("workflow")) {
      throw new LunoraException(
          ErrorCode.WORKFLOWS_NOT_CONFIGURED, "jobs of this deployment call functions only");
    }
    String path = required(job, "functionPath");
    if (path.startsWith(CronTicks.PREFIX)) {
      crons.again(tick(job), path.substring(CronTicks.PREFIX.length()), host);
      return RpcResponses.json(200, JsonText.of("{\"ok\":true}"));
    }
    String shardKey = ShardKeys.resolve(text(job, "shardKey"), defaultShardKey);
    Map<String, String> headers = IdentityHeaders.ofJob(new JobRun(required(job, "id"), 1));
    JsonWriter call = new JsonWriter();
    call.raw("{\"functionPath\":").string(path).raw(",\"args\":");
    Json.write(job.getOrDefault("args", new Value.Obj(Map.of())), call);
    String text = call.raw("}").finish().toString();
    return host.shards().post(shardKey, ShardRequests.RPC_PATH, headers, text);
  }

  /** Whether it is a task of a cron trigger that our own scheduler is running just now. */
  private static boolean isOurs(String body, WorkerHost host) {
    Map<String, Value> job;
    try {
      job = read(body);
    } catch (LunoraException e) {
      return false;
    }
    String path = text(job, "functionPath");
    String id = text(job, "id");
    String ticket = text(job, "ticket");
    if (path == null || !path.startsWith(CronTicks.PREFIX) || id == null || ticket == null) {
      return false;
    }
    try {
      boolean holds = CronTicks.holds(id, ticket, host);
      return holds;
    } catch (LunoraException e) {
      return false;
    }
  }

  private static CronEvent tick(Map<String, Value> job) {
    if (job.get("args") instanceof Value.Obj args
        && args.fields().get("cron") instanceof Value.Str cron
        && args.fields().get("scheduledTime") instanceof Value.Num time) {
      return new CronEvent(cron.value(), (long) time.value());
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "a tick has cron and scheduledTime");
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
