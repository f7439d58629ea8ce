package lunora.bridge.entry;

import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.host.CfLogSink;
import lunora.bridge.host.CfQueueBatch;
import lunora.bridge.host.CfWorkerHost;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsMessageBatch;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.raw.JsScheduledController;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.bridge.workers.MessageBatch;
import lunora.error.ErrorCode;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The Worker's events, as the shim calls them. An isolate has one handler for all requests. */
public final class WorkerEntry {

  private static final LogSink LOG = new CfLogSink();

  private static @Nullable WorkerHandler handler;

  private WorkerEntry() {}

  /** Registers the app. Called once, from {@code main}. */
  public static void install(WorkerHandler installed) {
    JsErrors.recordWholeStacks();
    handler = installed;
  }

  /** A promise of the response; it never rejects. */
  @JSExport
  public static JsPromise fetch(JsRequest request, JsEnv env) {
    return Js.async(() -> answer(request, env), WorkerEntry::failed);
  }

  /** A promise of nothing. It rejects with what the handler throws: the run is a failed one. */
  @JSExport
  public static JsPromise scheduled(JsScheduledController js, JsEnv env) {
    CronEvent event = new CronEvent(js.getCron(), (long) js.getScheduledTime());
    return Js.async(() -> ticked(event, env));
  }

  private static @Nullable JSObject ticked(CronEvent event, JsEnv env) {
    try {
      installed().scheduled(event, new CfWorkerHost(env, LOG));
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "cron " + event.cron() + " failed", e);
      throw e;
    }
    return null;
  }

  /** A promise of nothing. It rejects with what the handler throws: messages then come again. */
  @JSExport
  public static JsPromise queue(JsMessageBatch js, JsEnv env) {
    CfQueueBatch batch = new CfQueueBatch(new MessageBatch(js));
    return Js.async(() -> consumed(batch, env));
  }

  private static @Nullable JSObject consumed(CfQueueBatch batch, JsEnv env) {
    try {
      installed().queue(batch, new CfWorkerHost(env, LOG));
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "batch of queue " + batch.queue() + " failed", e);
      throw e;
    }
    return null;
  }

  private static JsResponse answer(JsRequest request, JsEnv env) {
    return CfHttpResponse.toJs(
        installed().fetch(new CfHttpRequest(request), new CfWorkerHost(env, LOG)));
  }

  private static WorkerHandler installed() {
    WorkerHandler installed = handler;
    if (installed == null) {
      throw new IllegalStateException("main did not call WorkerEntry.install");
    }
    return installed;
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
