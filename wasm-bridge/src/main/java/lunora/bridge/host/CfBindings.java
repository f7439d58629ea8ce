package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.workers.Env;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.Crypto;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.ShardNamespace;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * The bindings of the deployment.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public class CfBindings implements Bindings {

  private static final Crypto CRYPTO = new CfCrypto();

  private final JsEnv env;

  public CfBindings(JsEnv env) {
    this.env = env;
  }

  @Override
  public ShardNamespace shards() {
    CfShardNamespace bound = boundShards();
    if (bound == null) {
      throw missing("SHARD");
    }
    return bound;
  }

  /** The same, or null where nothing is bound. */
  public @Nullable CfShardNamespace boundShards() {
    JsDurableObjectNamespace namespace = shards(env);
    return namespace == null ? null : new CfShardNamespace(namespace);
  }

  @Override
  public ShardNamespace objects(String name) {
    JsDurableObjectNamespace namespace = objects(env, known(name));
    return new CfShardNamespace(namespace);
  }

  @Override
  public @Nullable String variable(String name) {
    return variable(env, name);
  }

  @Override
  public Crypto crypto() {
    return CRYPTO;
  }

  @Override
  public GlobalDatabase database(String name) {
    return new CfGlobalDatabase(env().d1(known(name)));
  }

  @Override
  public BlobBucket bucket(String name) {
    return new CfBlobBucket(env().r2(known(name)));
  }

  @Override
  public MessageQueue queue(String name) {
    return new CfMessageQueue(env().queue(known(name)));
  }

  private Env env() {
    return new Env(env);
  }

  private String known(String name) {
    if (env().raw(name) == null) {
      throw missing(name);
    }
    return name;
  }

  private static LunoraException missing(String name) {
    return new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no " + name);
  }

  @JSBody(params = "env", script = "return env.SHARD || null;")
  private static native @Nullable JsDurableObjectNamespace shards(JsEnv env);

  @JSBody(
      params = {"env", "name"},
      script = "return env[name];")
  private static native JsDurableObjectNamespace objects(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && typeof env[name] === 'string' ? env[name] : null;")
  private static native @Nullable String variable(JsEnv env, String name);
}
