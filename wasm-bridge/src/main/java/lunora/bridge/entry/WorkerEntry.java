package lunora.bridge.entry;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.edge.WorkerApi;
import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.host.CfLogSink;
import lunora.bridge.host.CfQueueBatch;
import lunora.bridge.host.CfShardNamespace;
import lunora.bridge.host.CfWorkerHost;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsMessageBatch;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.raw.JsScheduledController;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.bridge.value.Target;
import lunora.bridge.workers.MessageBatch;
import lunora.error.ErrorCode;
import lunora.host.edge.EdgeApp;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.Need;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The Worker's events, as the shim calls them. An isolate has one handler for all requests. */
public final class WorkerEntry {

  private static final LogSink LOG = new CfLogSink();

  private static final JSObject BEGIN =
      Target.isJavaScript() ? beginScript() : function((Begin) WorkerEntry::begin);
  private static final JSObject BROKEN =
      Target.isJavaScript() ? brokenScript() : function((Broken) WorkerEntry::broken);

  private static @Nullable EdgeApp app;
  private static @Nullable WorkerHandler handler;

  private WorkerEntry() {}

  /** Registers the app. Called once, from {@code main}. */
  public static void install(EdgeApp installed) {
    JsErrors.recordWholeStacks();
    WorkerApi.install(installed);
    app = installed;
    handler = installed.open(EdgeOptions.NONE);
  }

  /** What the app needs of its deployment, as JSON: asked by {@code lunora wrangler}, in Node. */
  @JSExport
  public static String needs() {
    List<Need> needs = new ArrayList<>();
    for (String className : ShardEntry.classNames()) {
      needs.add(new Need.ObjectClass(className));
    }
    if (app != null) {
      needs.addAll(app.needs());
    }
    return Need.json(needs);
  }

  /** What the app says of stored rows, as JSON: asked by {@code lunora schema}, in Node. */
  @JSExport
  public static String schema() {
    EdgeApp installed = app;
    return installed == null ? "{}" : installed.schema();
  }

  /** What rows of another schema would lose under the app's, as JSON. */
  @JSExport
  public static String schemaLosses(String snapshot) {
    EdgeApp installed = app;
    return installed == null ? "[]" : installed.schemaLosses(snapshot);
  }

  /**
   * A promise of the response; it never rejects. A call that the app lets pass at once runs in
   * plain callbacks; everything else in a fiber, where it may wait.
   */
  @JSExport
  public static JsPromise fetch(JsRequest js, JsEnv env, JsExecutionContext context) {
    CfHttpRequest request = new CfHttpRequest(js);
    int bytesMax = installed().beginsUpTo(request);
    JsPromise text = bytesMax == 0 ? null : request.promisedText(bytesMax);
    if (text != null) {
      return after(text, js, env, context, BEGIN, BROKEN);
    }
    return inFiber(request, new CfWorkerHost(env, context, LOG));
  }

  /** A promise of nothing. It rejects with what the handler throws: the run is a failed one. */
  @JSExport
  public static JsPromise scheduled(
      JsScheduledController run, JsEnv env, JsExecutionContext context) {
    CronEvent event = new CronEvent(run.getCron(), (long) run.getScheduledTime());
    return Js.async(() -> ticked(event, new CfWorkerHost(env, context, LOG).withController(run)));
  }

  private static @Nullable JSObject ticked(CronEvent event, CfWorkerHost host) {
    try {
      installed().scheduled(event, host);
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "cron " + event.cron() + " failed", e);
      throw e;
    }
    return null;
  }

  /** A promise of nothing. It rejects with what the handler throws: messages then come again. */
  @JSExport
  public static JsPromise queue(JsMessageBatch js, JsEnv env, JsExecutionContext context) {
    CfQueueBatch batch = new CfQueueBatch(new MessageBatch(js));
    return Js.async(() -> consumed(batch, new CfWorkerHost(env, context, LOG)));
  }

  private static @Nullable JSObject consumed(CfQueueBatch batch, CfWorkerHost host) {
    try {
      installed().queue(batch, host);
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "batch of queue " + batch.queue() + " failed", e);
      throw e;
    }
    return null;
  }

  /** Goes on with a request whose body has arrived. */
  @JSFunctor
  private interface Begin extends JSObject {
    JSObject run(JsRequest js, JsEnv env, JsExecutionContext context, String body);
  }

  /** Answers a request that the virtual machine broke off. */
  @JSFunctor
  private interface Broken extends JSObject {
    JsResponse answer(JSObject error);
  }

  private static JSObject begin(JsRequest js, JsEnv env, JsExecutionContext context, String body) {
    CfHttpRequest request = new CfHttpRequest(js, body);
    CfWorkerHost host = new CfWorkerHost(env, context, LOG);
    CfShardNamespace shards = host.boundShards();
    ForwardedCall call = shards == null ? null : installed().begin(request, body, host);
    if (call == null || shards == null) {
      return inFiber(request, host);
    }
    return shards.send(call);
  }

  private static JsPromise inFiber(CfHttpRequest request, CfWorkerHost host) {
    return Js.async(() -> answer(request, host), WorkerEntry::failed);
  }

  private static JsResponse answer(CfHttpRequest request, CfWorkerHost host) {
    return CfHttpResponse.toJs(installed().fetch(request, host));
  }

  private static WorkerHandler installed() {
    WorkerHandler installed = handler;
    if (installed == null) {
      throw new IllegalStateException("main did not call WorkerEntry.install");
    }
    return installed;
  }

  @JSBody(
      params = {"text", "request", "env", "context", "begin", "broken"},
      script =
          "return text.then(function (body) { try { return begin(request, env, context, body); }"
              + " catch (e) { return broken(e); } }, broken);")
  private static native JsPromise after(
      JsPromise text,
      JsRequest request,
      JsEnv env,
      JsExecutionContext context,
      JSObject begin,
      JSObject broken);

  @JSBody(params = "functor", script = "return functor;")
  private static native JSObject function(Begin functor);

  @JSBody(params = "functor", script = "return functor;")
  private static native JSObject function(Broken functor);

  @JSBody(
      script =
          "return function (request, env, context, body) {"
              + "  return javaMethods.get('lunora.bridge.entry.WorkerEntry.begin("
              + "Llunora/bridge/raw/JsRequest;Llunora/bridge/raw/JsEnv;"
              + "Llunora/bridge/raw/JsExecutionContext;Ljava/lang/String;)Lorg/teavm/jso/JSObject;')"
              + "    .invoke(request, env, context, body); };")
  private static native JSObject beginScript();

  @JSBody(
      script =
          "return function (error) { return javaMethods.get('lunora.bridge.entry.WorkerEntry"
              + ".broken(Lorg/teavm/jso/JSObject;)Llunora/bridge/raw/JsResponse;').invoke(error); };")
  private static native JSObject brokenScript();

  private static JsResponse broken(JSObject error) {
    return failed(JsErrors.toJava(error));
  }

  private static JsResponse failed(Throwable failure) {
    LOG.log(LogSink.Level.ERROR, "request failed", failure);
    return CfHttpResponse.toJs(failure(ErrorCode.INTERNAL, "Internal error"));
  }

  /** What a client learns of a bug of ours: nothing but that it is one. */
  static HttpResponse failure(ErrorCode code, String message) {
    return HttpResponse.json(
        code.status(),
        JsonText.of(
            "{\"error\":{\"code\":\"" + code.name() + "\",\"message\":\"" + message + "\"}}"));
  }
}
