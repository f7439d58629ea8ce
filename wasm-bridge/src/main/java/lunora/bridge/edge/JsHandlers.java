package lunora.bridge.edge;

import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.host.CfWorkerHost;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Functions of JavaScript that answer requests. */
final class JsHandlers {

  private JsHandlers() {}

  /** A handler of {@code (request, env, context)}. */
  static Responder responder(JsHook hook) {
    return (request, worker) -> response(called(hook, request, worker));
  }

  static @Nullable JSObject called(JsHook hook, HttpRequest request, WorkerHost worker) {
    CfWorkerHost cf = (CfWorkerHost) worker;
    return hook.call(((CfHttpRequest) request).js(), cf.env(), cf.context());
  }

  private static HttpResponse response(@Nullable JSObject value) {
    if (value == null || !isResponse(value)) {
      throw new LunoraException(
          ErrorCode.INTERNAL, "a handler answered something else than a Response");
    }
    return CfHttpResponse.of(value);
  }

  /** A handler of {@code (request, env, context)} whose context has the path's parts. */
  static Route route(JsHook hook) {
    return (request, params, worker) -> {
      CfWorkerHost cf = (CfWorkerHost) worker;
      JSObject context = RouteContexts.of(cf.context(), params);
      return response(hook.call(((CfHttpRequest) request).js(), cf.env(), context));
    };
  }

  @JSBody(
      params = {"value", "name"},
      script = "return typeof value === 'object' && typeof value[name] === 'function';")
  static native boolean has(JSObject value, String name);

  /** By its form: a framework may bring a class of its own. */
  @JSBody(
      params = "value",
      script =
          "return typeof value === 'object' && typeof value.status === 'number'"
              + " && typeof value.headers === 'object';")
  private static native boolean isResponse(JSObject value);
}
