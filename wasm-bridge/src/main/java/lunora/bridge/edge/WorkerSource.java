package lunora.bridge.edge;

import java.util.List;
import java.util.Map;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeApp;
import lunora.host.edge.Responder;
import lunora.host.inbound.WorkerHandler;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Where the options of a Worker come from: an object, once and for all, or a function of the
 * environment, asked for every event.
 */
final class WorkerSource {

  /** A Worker ready for an event. No record: its parts are JavaScript's and not to be compared. */
  static final class Built {

    private final WorkerHandler handler;
    private final @Nullable JsDurableObjectNamespace shards;
    private final @Nullable JsHook hostScheduled;

    private Built(
        WorkerHandler handler,
        @Nullable JsDurableObjectNamespace shards,
        @Nullable JsHook hostScheduled) {
      this.handler = handler;
      this.shards = shards;
      this.hostScheduled = hostScheduled;
    }

    WorkerHandler handler() {
      return handler;
    }

    /** The namespace that the options name; null for the {@code SHARD} binding. */
    @Nullable JsDurableObjectNamespace shards() {
      return shards;
    }

    /** The cron handler of the framework that owns the Worker, where the options have no crons. */
    @Nullable JsHook hostScheduled() {
      return hostScheduled;
    }
  }

  private final JSObject given;
  private final @Nullable JSObject host;
  private final boolean shardRequired;
  private @Nullable Built once;

  /**
   * Options that are given.
   *
   * @param given an object or a function of the environment
   * @param host the framework's handler that answers what nothing else does, or null
   * @param shardRequired whether the options must say where the shards are; otherwise the {@code
   *     SHARD} binding is there
   */
  WorkerSource(JSObject given, @Nullable JSObject host, boolean shardRequired) {
    this.given = given;
    this.host = host;
    this.shardRequired = shardRequired;
  }

  /** Builds the Worker now if the options are there already, to refuse wrong ones at once. */
  WorkerSource checked(EdgeApp app) {
    if (!isFunction(given)) {
      once = build(app, given);
    }
    return this;
  }

  /** The Worker for every event; null where each event has its own. */
  @Nullable Built once() {
    return once;
  }

  /** The Worker for an event. May suspend. */
  Built built(EdgeApp app, JsEnv env) {
    Built known = once;
    if (known == null) {
      JSObject options = JsHook.of(given, "call", "options").call(env);
      known = build(app, options == null ? given : options);
    }
    if (!shardRequired && known.shards() == null && !hasShard(env)) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED,
          "there is no binding SHARD: declare it in wrangler.jsonc, or give shardDO");
    }
    return known;
  }

  private Built build(EdgeApp app, JSObject object) {
    OptionObject options = new OptionObject(object, "options");
    JSObject shard = options.value("shardDO");
    if (shard == null && shardRequired) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED,
          "options.shardDO is missing: give env.SHARD or the class; is SHARD in wrangler.jsonc?");
    }
    JSObject framework = host;
    Responder pages =
        framework == null
            ? null
            : JsHandlers.responder(JsHook.of(framework, "fetch", "the framework's handler"));
    CfEdgeOptions edge = new CfEdgeOptions(options, pages);
    Map<String, List<CronTask>> crons = edge.crons();
    boolean ours = !crons.isEmpty() || options.value("backupCron") != null;
    JsHook hostScheduled = framework == null || ours ? null : scheduled(framework);
    return new Built(app.open(edge), namespace(shard), hostScheduled);
  }

  private static @Nullable JsHook scheduled(JSObject framework) {
    JSObject member = scheduledOf(framework);
    return member == null ? null : JsHook.of(framework, "scheduled", "the framework's handler");
  }

  @JSBody(params = "value", script = "return typeof value === 'function';")
  private static native boolean isFunction(JSObject value);

  @JSBody(params = "env", script = "return !!(env && env.SHARD);")
  private static native boolean hasShard(JsEnv env);

  /** The namespace itself; null for the class, whose namespace the binding is. */
  @JSBody(params = "shard", script = "return shard && typeof shard !== 'function' ? shard : null;")
  private static native @Nullable JsDurableObjectNamespace namespace(@Nullable JSObject shard);

  @JSBody(
      params = "host",
      script =
          "return typeof host === 'object' && typeof host.scheduled === 'function'"
              + " ? host.scheduled : null;")
  private static native @Nullable JSObject scheduledOf(JSObject host);
}
