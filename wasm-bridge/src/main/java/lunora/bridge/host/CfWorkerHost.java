package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsScheduledController;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.Clock;
import lunora.host.local.LogSink;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.TextSource;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/** What the Worker may use, for one event. */
public final class CfWorkerHost extends CfBindings implements WorkerHost {

  private static final HttpFetcher FETCHER = new CfFetcher();

  private static final Clock CLOCK = new CfClock();

  private final JsEnv env;
  private final @Nullable JsExecutionContext context;
  private final LogSink log;

  /** The shards that an app's options name; null for those of the {@code SHARD} binding. */
  private @Nullable JsDurableObjectNamespace shards;

  private @Nullable JsScheduledController controller;

  public CfWorkerHost(JsEnv env, @Nullable JsExecutionContext context, LogSink log) {
    super(env);
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
  public @Nullable CfShardNamespace boundShards() {
    JsDurableObjectNamespace named = shards;
    return named == null ? super.boundShards() : new CfShardNamespace(named);
  }

  @Override
  public HttpFetcher fetcher() {
    return FETCHER;
  }

  @Override
  public Clock clock() {
    return CLOCK;
  }

  @Override
  public HttpResponse streamed(int status, Map<String, String> headers, TextSource body) {
    return CfTextStream.response(status, headers, body);
  }

  @Override
  public LogSink log() {
    return log;
  }

  @Override
  public @Nullable String functionAtAGlance(String body) {
    return glance(body);
  }

  /**
   * Nearly all calls begin with the name of the function, escape nothing, and are for no shard by
   * name: that can be seen without reading them. For the others there is the platform's parser.
   */
  @JSBody(
      params = "body",
      script =
          "var start = '{\"functionPath\":\"', end = body.indexOf('\"', 17);"
              + "if (body.startsWith(start) && body.indexOf('\\\\') < 0"
              + "  && body.startsWith('\",\"args\":{', end) && body.indexOf(start.slice(1, 15), 17) < 0"
              + "  && body.indexOf('\"shardKey\"') < 0 && body.indexOf('\"fanOut\"') < 0)"
              + "  return body.slice(17, end);"
              + "try { var call = JSON.parse(body), args = call.args;"
              + "return typeof call.functionPath === 'string'"
              + "  && call.shardKey === undefined && call.fanOut === undefined"
              + "  && (args === undefined"
              + "    || typeof args === 'object' && args !== null && !Array.isArray(args))"
              + "  ? call.functionPath : null;"
              + "} catch (e) { return null; }")
  private static native @Nullable String glance(String body);
}
