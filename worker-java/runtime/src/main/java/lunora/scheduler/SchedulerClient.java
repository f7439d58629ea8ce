package lunora.scheduler;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Bindings;
import lunora.host.remote.ShardNamespace;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** Asks a deployment's scheduler. Everything may suspend. */
public final class SchedulerClient {

  /** The binding of the scheduler's class in {@code wrangler.jsonc}. */
  public static final String BINDING = "SCHEDULER";

  /** The one object of that class. */
  public static final String INSTANCE = "default";

  private SchedulerClient() {}

  /**
   * Posts to a path of the scheduler and reads the answer.
   *
   * @throws LunoraException {@code SCHEDULER_NOT_CONFIGURED} where none is bound, and what the
   *     scheduler refuses
   */
  public static Value.Obj post(Bindings bindings, String path, JsonText body) {
    ShardNamespace schedulers = namespace(bindings);
    HttpResponse.Json answer = schedulers.post(INSTANCE, path, Map.of(), body.toString());
    Value json = Json.read(answer.body().toString());
    Value.Obj object = json instanceof Value.Obj read ? read : new Value.Obj(Map.of());
    if (answer.status() == 200) {
      return object;
    }
    throw refusal(answer.status(), object);
  }

  /**
   * The schedulers of the deployment.
   *
   * @throws LunoraException {@code SCHEDULER_NOT_CONFIGURED} where none is bound
   */
  public static ShardNamespace namespace(Bindings bindings) {
    try {
      return bindings.objects(BINDING);
    } catch (LunoraException e) {
      throw new LunoraException(
              ErrorCode.SCHEDULER_NOT_CONFIGURED, "wrangler.jsonc binds no SCHEDULER")
          .withHint("bind the class SchedulerDO as SCHEDULER, as docs/guide/jobs.md shows");
    }
  }

  private static LunoraException refusal(int status, Value.Obj body) {
    if (body.fields().get("error") instanceof Value.Obj error
        && error.fields().get("code") instanceof Value.Str code
        && error.fields().get("message") instanceof Value.Str message) {
      return new LunoraException(code.value(), status, message.value());
    }
    return new LunoraException(ErrorCode.SHARD_ERROR, "the scheduler answered " + status);
  }
}
