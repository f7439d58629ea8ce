package lunora.bridge.entry;

import lunora.bridge.raw.JsAlarmInvocation;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsErrors;
import lunora.bridge.workers.AlarmInvocation;
import lunora.bridge.workers.DurableObject;
import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.Pending;
import lunora.bridge.workers.SocketClose;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersSocket;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * The events of one Durable Object without the engine, as its shim calls them. Every promise
 * rejects with what the object throws, so that the platform sees it.
 */
public final class ObjectEntry {

  private static DurableObject.@Nullable Factory factory;

  private final DurableObject object;

  private ObjectEntry(DurableObject object) {
    this.object = object;
  }

  /** Registers how objects are made. Called once, from {@code main}. */
  public static void install(DurableObject.Factory installed) {
    factory = installed;
  }

  /** Called by the constructor of the Durable Object. Throws what the factory throws. */
  @JSExport
  public static ObjectEntry open(JsDurableObjectState state, JsEnv env) {
    DurableObject.Factory installed = factory;
    if (installed == null) {
      throw new IllegalStateException("main did not call ObjectEntry.install");
    }
    return new ObjectEntry(installed.open(new DurableObjectState(state), new Env(env)));
  }

  @JSExport
  public JsPromise fetch(JsRequest request) {
    return Js.async(() -> object.fetch(new WorkersRequest(request)).raw());
  }

  @JSExport
  public JsPromise alarm(JsAlarmInvocation js) {
    AlarmInvocation invocation =
        new AlarmInvocation(js.getRetryCount(), js.isRetry(), (long) js.getScheduledTime());
    return Pending.start(() -> object.alarm(invocation)).raw();
  }

  @JSExport
  public JsPromise webSocketMessage(JsWebSocket js, JSObject frame) {
    WorkersSocket socket = new WorkersSocket(js);
    JSString text = text(frame);
    if (text != null) {
      return Pending.start(() -> object.text(socket, text.stringValue())).raw();
    }
    return Pending.start(() -> object.bytes(socket, JsBinary.toJava(frame))).raw();
  }

  @JSExport
  public JsPromise webSocketClose(JsWebSocket js, int code, String reason, boolean clean) {
    SocketClose close = new SocketClose(code, reason, clean);
    return Pending.start(() -> object.closed(new WorkersSocket(js), close)).raw();
  }

  @JSExport
  public JsPromise webSocketError(JsWebSocket js, @Nullable JSObject error) {
    return Pending.start(() -> object.failed(new WorkersSocket(js), JsErrors.foreign(error))).raw();
  }

  @JSBody(params = "frame", script = "return typeof frame === 'string' ? frame : null;")
  private static native @Nullable JSString text(JSObject frame);
}
