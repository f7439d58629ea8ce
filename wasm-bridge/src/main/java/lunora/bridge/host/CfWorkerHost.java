package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * The bindings of the deployment, for one request.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public final class CfWorkerHost implements WorkerHost {

  private final JsEnv env;
  private final LogSink log;

  public CfWorkerHost(JsEnv env, LogSink log) {
    this.env = env;
    this.log = log;
  }

  @Override
  public ShardNamespace shards() {
    CfShardNamespace bound = boundShards();
    if (bound == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no SHARD");
    }
    return bound;
  }

  /** The same, or null where nothing is bound. */
  public @Nullable CfShardNamespace boundShards() {
    JsDurableObjectNamespace namespace = shards(env);
    return namespace == null ? null : new CfShardNamespace(namespace);
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
