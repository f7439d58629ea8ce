package lunora.bridge.edge;

import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.host.CfLogSink;
import lunora.bridge.host.CfQueueBatch;
import lunora.bridge.host.CfShardNamespace;
import lunora.bridge.host.CfWorkerHost;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsMessageBatch;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsScheduledController;
import lunora.bridge.value.Js;
import lunora.bridge.value.LunoraErrors;
import lunora.bridge.workers.MessageBatch;
import lunora.host.edge.EdgeApp;
import lunora.host.edge.Need;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * What {@code createWorker} gives: {@code {fetch, scheduled, queue, serverQuery}}, functions that
 * need no {@code this}.
 */
public final class WorkerObject {

  private static final LogSink LOG = new CfLogSink();

  private final EdgeApp app;
  private final WorkerSource source;

  /** A worker of the app whose options come from the source. */
  WorkerObject(EdgeApp app, WorkerSource source) {
    this.app = app;
    this.source = source;
  }

  /** The object. */
  JSObject js() {
    return object(this::fetch, this::scheduled, this::queue, this::serverQuery);
  }

  /** {@code fetch} itself, with the others as properties. */
  JSObject fetchFunction() {
    return function(js());
  }

  /** A call that is let pass at once runs in plain callbacks, everything else in a fiber. */
  private JsPromise fetch(JsRequest js, JsEnv env, @Nullable JsExecutionContext context) {
    WorkerSource.Built ready = source.once();
    if (ready != null) {
      CfHttpRequest request = new CfHttpRequest(js);
      int bytesMax = ready.handler().beginsUpTo(request);
      JsPromise text = bytesMax == 0 ? null : request.promisedText(bytesMax);
      if (text != null) {
        return after(text, body -> begin(ready, js, host(ready, env, context), body));
      }
    }
    return rejecting(() -> answer(js, env, context));
  }

  private static JSObject begin(
      WorkerSource.Built ready, JsRequest js, CfWorkerHost host, String body) {
    WorkerHandler handler = ready.handler();
    CfHttpRequest request = new CfHttpRequest(js, body);
    CfShardNamespace shards = host.boundShards();
    ForwardedCall call = shards == null ? null : handler.begin(request, body, host);
    if (call == null || shards == null) {
      return rejecting(() -> CfHttpResponse.toJs(handler.fetch(request, host)));
    }
    return shards.send(call);
  }

  /** Goes on with a request whose body has arrived. */
  @JSFunctor
  private interface Begin extends JSObject {
    JSObject run(String body);
  }

  @JSBody(
      params = {"text", "begin"},
      script = "return text.then(begin);")
  private static native JsPromise after(JsPromise text, Begin begin);

  private JSObject answer(JsRequest request, JsEnv env, @Nullable JsExecutionContext context) {
    WorkerSource.Built built = source.built(app, env);
    CfWorkerHost host = host(built, env, context);
    return CfHttpResponse.toJs(built.handler().fetch(new CfHttpRequest(request), host));
  }

  private JsPromise scheduled(
      JsScheduledController run, JsEnv env, @Nullable JsExecutionContext context) {
    return rejecting(() -> ticked(run, env, context));
  }

  private @Nullable JSObject ticked(
      JsScheduledController run, JsEnv env, @Nullable JsExecutionContext context) {
    WorkerSource.Built built = source.built(app, env);
    JsHook hosts = built.hostScheduled();
    if (hosts != null && !isOurs(run.getCron())) {
      return hosts.call(run, env, context);
    }
    CronEvent event = new CronEvent(run.getCron(), (long) run.getScheduledTime());
    built.handler().scheduled(event, host(built, env, context).withController(run));
    return null;
  }

  /** Whether the app's Java asks for that expression, which the framework knows nothing of. */
  private boolean isOurs(String cron) {
    return app.needs().contains(new Need.CronTrigger(cron));
  }

  private JsPromise queue(
      JsMessageBatch messages, JsEnv env, @Nullable JsExecutionContext context) {
    CfQueueBatch batch = new CfQueueBatch(new MessageBatch(messages));
    return rejecting(() -> consumed(batch, env, context));
  }

  private @Nullable JSObject consumed(
      CfQueueBatch batch, JsEnv env, @Nullable JsExecutionContext context) {
    WorkerSource.Built built = source.built(app, env);
    built.handler().queue(batch, host(built, env, context));
    return null;
  }

  private JsPromise serverQuery(
      JsRequest request, JsEnv env, ServerCallObject call, @Nullable JsExecutionContext context) {
    return Js.async(
        () -> called(request, env, call, context),
        failure -> CfHttpResponse.toJs(app.errorResponse(LunoraErrors.coded(failure))));
  }

  private JSObject called(
      JsRequest request, JsEnv env, ServerCallObject call, @Nullable JsExecutionContext context) {
    WorkerSource.Built built = source.built(app, env);
    WorkerHandler handler = built.handler();
    CfWorkerHost host = host(built, env, context);
    return CfHttpResponse.toJs(
        handler.serverCall(new CfHttpRequest(request), new CfServerCall(call), host));
  }

  private static CfWorkerHost host(
      WorkerSource.Built built, JsEnv env, @Nullable JsExecutionContext context) {
    JsDurableObjectNamespace shards = built.shards();
    return new CfWorkerHost(env, context, LOG).withShards(shards);
  }

  /** Rejects with what an author's own code would see: a {@code LunoraError} where it is one. */
  private static JsPromise rejecting(Js.Task task) {
    return Js.async(
        () -> {
          try {
            return task.run();
          } catch (RuntimeException e) {
            LOG.log(LogSink.Level.ERROR, "an event of the Worker failed", e);
            throw LunoraErrors.asJs(e);
          }
        });
  }

  @JSFunctor
  private interface Fetch extends JSObject {
    JsPromise call(JsRequest request, JsEnv env, @Nullable JsExecutionContext context);
  }

  @JSFunctor
  private interface Scheduled extends JSObject {
    JsPromise call(JsScheduledController run, JsEnv env, @Nullable JsExecutionContext context);
  }

  @JSFunctor
  private interface Queue extends JSObject {
    JsPromise call(JsMessageBatch batch, JsEnv env, @Nullable JsExecutionContext context);
  }

  @JSFunctor
  private interface ServerQuery extends JSObject {
    JsPromise call(
        JsRequest request, JsEnv env, ServerCallObject call, @Nullable JsExecutionContext context);
  }

  @JSBody(
      params = {"fetch", "scheduled", "queue", "serverQuery"},
      script =
          "return {"
              + "fetch: function (request, env, context) {"
              + "  return fetch(request, env || {}, context || null); },"
              + "scheduled: function (controller, env, context) {"
              + "  return scheduled(controller, env || {}, context || null); },"
              + "queue: function (batch, env, context) {"
              + "  return queue(batch, env || {}, context || null); },"
              + "serverQuery: function (request, env, ref, args, options) {"
              + "  var more = options || {};"
              + "  return serverQuery(request, env || {},"
              + "    { ref: ref, args: args, shardKey: more.shardKey }, more.context || null); } };")
  private static native JSObject object(
      Fetch fetch, Scheduled scheduled, Queue queue, ServerQuery serverQuery);

  @JSBody(
      params = "worker",
      script =
          "var handler = function (request, env, context) {"
              + "  return worker.fetch(request, env, context); };"
              + "handler.scheduled = worker.scheduled;"
              + "handler.queue = worker.queue;"
              + "handler.serverQuery = worker.serverQuery;"
              + "return handler;")
  private static native JSObject function(JSObject worker);
}
