package lunora.bridge.workers;

import lunora.bridge.raw.JsAi;
import lunora.bridge.raw.JsAnalyticsDataset;
import lunora.bridge.raw.JsD1Database;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsFetcher;
import lunora.bridge.raw.JsKvNamespace;
import lunora.bridge.raw.JsQueue;
import lunora.bridge.raw.JsR2Bucket;
import lunora.bridge.raw.JsRateLimit;
import lunora.bridge.raw.JsSendEmail;
import lunora.bridge.raw.JsStoredSecret;
import lunora.bridge.raw.JsVectorize;
import lunora.bridge.raw.JsVersionMetadata;
import lunora.bridge.raw.JsWorkflow;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * The bindings, variables and secrets of the deployment. Nothing here suspends. A binding that is
 * not there, or is another product's, throws {@link IllegalStateException}.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public final class Env {

  private final JsEnv js;

  /** Wraps the platform's object. */
  public Env(JsEnv js) {
    this.js = js;
  }

  /** A variable that is text; null when there is none of that name. */
  public @Nullable String variable(String name) {
    JSString text = text(js, name);
    return text == null ? null : text.stringValue();
  }

  /** A variable that {@code wrangler.jsonc} gives as a JSON value, and any other, as JSON text. */
  public @Nullable JsonText jsonVariable(String name) {
    JSString text = json(js, name);
    return text == null ? null : new JsText(text);
  }

  /**
   * A secret. Not to be logged.
   *
   * @throws IllegalStateException when the deployment has none of that name
   */
  public String secret(String name) {
    String value = variable(name);
    if (value == null) {
      throw new IllegalStateException("no secret " + name + ": wrangler secret put " + name);
    }
    return value;
  }

  /** The binding of a Durable Object class. */
  public DurableObjects durableObjects(String name) {
    JsDurableObjectNamespace namespace = namespace(js, name);
    if (namespace == null) {
      throw new IllegalStateException("wrangler.jsonc binds no Durable Object class as " + name);
    }
    return new DurableObjects(namespace);
  }

  /** A D1 database. */
  public D1Database d1(String name) {
    return new D1Database((JsD1Database) bound(name, "prepare", "D1 database"));
  }

  /** An R2 bucket. */
  public R2Bucket r2(String name) {
    return new R2Bucket((JsR2Bucket) bound(name, "createMultipartUpload", "R2 bucket"));
  }

  /** A queue to write to. */
  public QueueProducer queue(String name) {
    return new QueueProducer((JsQueue) bound(name, "sendBatch", "queue"));
  }

  /** A KV namespace. */
  public KvNamespace kv(String name) {
    return new KvNamespace((JsKvNamespace) bound(name, "getWithMetadata", "KV namespace"));
  }

  /** Another Worker. */
  public ServiceBinding service(String name) {
    return new ServiceBinding((JsFetcher) bound(name, "fetch", "service"));
  }

  /** The static files of the deployment. */
  public StaticAssets assets(String name) {
    return new StaticAssets((JsFetcher) bound(name, "fetch", "assets"));
  }

  /** A rate limit. */
  public RateLimiter rateLimiter(String name) {
    return new RateLimiter((JsRateLimit) bound(name, "limit", "rate limit"));
  }

  /** A dataset of Analytics Engine. */
  public AnalyticsDataset analytics(String name) {
    return new AnalyticsDataset(
        (JsAnalyticsDataset) bound(name, "writeDataPoint", "Analytics Engine dataset"));
  }

  /** A secret of the account's Secrets Store. */
  public StoredSecret storedSecret(String name) {
    return new StoredSecret((JsStoredSecret) bound(name, "get", "secret of a Secrets Store"));
  }

  /** A workflow. */
  public Workflows workflow(String name) {
    return new Workflows((JsWorkflow) bound(name, "create", "workflow"));
  }

  /** A Vectorize index. */
  public VectorIndex vectors(String name) {
    return new VectorIndex((JsVectorize) bound(name, "query", "Vectorize index"));
  }

  /** Workers AI. */
  public WorkersAi ai(String name) {
    return new WorkersAi((JsAi) bound(name, "run", "AI"));
  }

  /** The right to send e-mail. */
  public EmailSender emailSender(String name) {
    return new EmailSender((JsSendEmail) bound(name, "send", "e-mail sender"));
  }

  /** Which version of the Worker runs. */
  public VersionMetadata version(String name) {
    JsVersionMetadata version =
        (JsVersionMetadata) present(name, any(js, name), "version metadata");
    return new VersionMetadata(version.getId(), version.getTag(), version.getTimestamp());
  }

  /** What has the method; {@link IllegalStateException} when nothing of the name does. */
  private JSObject bound(String name, String method, String what) {
    return present(name, having(js, name, method), what);
  }

  private static JSObject present(String name, @Nullable JSObject binding, String what) {
    if (binding == null) {
      throw new IllegalStateException("wrangler.jsonc binds no " + what + " as " + name);
    }
    return binding;
  }

  /** Whatever the deployment has under the name, for a product without a Java class. */
  public @Nullable JSObject raw(String name) {
    return any(js, name);
  }

  /** The platform's object. */
  public JsEnv raw() {
    return js;
  }

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && typeof env[name] === 'string' ? env[name] : null;")
  private static native @Nullable JSString text(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "var text = known ? JSON.stringify(env[name]) : null;"
              + "return text === undefined ? null : text;")
  private static native @Nullable JSString json(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var value = Object.prototype.hasOwnProperty.call(env, name) ? env[name] : null;"
              + "return value && typeof value.idFromName === 'function' ? value : null;")
  private static native @Nullable JsDurableObjectNamespace namespace(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && env[name] !== undefined ? env[name] : null;")
  private static native @Nullable JSObject any(JsEnv env, String name);

  @JSBody(
      params = {"env", "name", "method"},
      script =
          "var value = Object.prototype.hasOwnProperty.call(env, name) ? env[name] : null;"
              + "return value && typeof value[method] === 'function' ? value : null;")
  private static native @Nullable JSObject having(JsEnv env, String name, String method);
}
