package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsScheduledController;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * The bindings of the deployment, for one event.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public final class CfWorkerHost implements WorkerHost {

  private final JsEnv env;
  private final @Nullable JsExecutionContext context;
  private final LogSink log;

  /** The shards that an app's options name; null for those of the {@code SHARD} binding. */
  private @Nullable JsDurableObjectNamespace shards;

  private @Nullable JsScheduledController controller;

  public CfWorkerHost(JsEnv env, @Nullable JsExecutionContext context, LogSink log) {
    this.env = env;
    this.context = context;
    this.log = log;
  }

  /** The same with shards of another binding; null leaves it as it is. */
  public CfWorkerHost withShards(@Nullable JsDurableObjectNamespace namespace) {
    shards = namespace;
    return this;
  }

  /** The same for a run of a cron trigger. */
  public CfWorkerHost withController(JsScheduledController run) {
    controller = run;
    return this;
  }

  /** The environment, for an app's own JavaScript. */
  public JsEnv env() {
    return env;
  }

  /** The event's context, for an app's own JavaScript; null where the caller has none. */
  public @Nullable JsExecutionContext context() {
    return context;
  }

  /** The run of a cron trigger, for an app's own JavaScript; null for other events. */
  public @Nullable JsScheduledController controller() {
    return controller;
  }

  @Override
  public ShardNamespace shards() {
    JsDurableObjectNamespace named = shards;
    JsDurableObjectNamespace namespace = named == null ? shards(env) : named;
    if (namespace == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no SHARD");
    }
    return new CfShardNamespace(namespace);
  }

  @Override
  public @Nullable String variable(String name) {
    return variable(env, name);
  }

  @Override
  public LogSink log() {
    return log;
  }

  @JSBody(params = "env", script = "return env.SHARD || null;")
  private static native @Nullable JsDurableObjectNamespace shards(JsEnv env);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && typeof env[name] === 'string' ? env[name] : null;")
  private static native @Nullable String variable(JsEnv env, String name);
}
