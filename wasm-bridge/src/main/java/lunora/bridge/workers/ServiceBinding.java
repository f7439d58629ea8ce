package lunora.bridge.workers;

import lunora.bridge.raw.JsFetcher;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * Another Worker of the account, reached without the network. Every method suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/">Service
 *     bindings</a>
 */
public final class ServiceBinding {

  private final JsFetcher js;

  ServiceBinding(JsFetcher js) {
    this.js = js;
  }

  /** The Worker's answer to the request. */
  public WorkersResponse fetch(WorkersRequest request) {
    return Awaited.response(() -> js.fetch(request.raw()));
  }

  /**
   * Calls a method of the Worker's entrypoint.
   *
   * @param arguments each a JSON value
   * @return its answer as JSON; null when it has no form in JSON, such as undefined
   * @throws lunora.bridge.value.JsException when there is no such method, or with what it threw
   * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/rpc/">RPC</a>
   */
  public @Nullable JsonText call(String method, JsonText... arguments) {
    JSObject list = list();
    for (JsonText argument : arguments) {
      push(list, JsText.toJs(argument));
    }
    JSString answer = text(Awaited.value(() -> called(js, method, list)));
    return answer == null ? null : new JsText(answer);
  }

  /** The platform's object. */
  public JsFetcher raw() {
    return js;
  }

  @JSBody(
      params = {"service", "method", "list"},
      script =
          "return Promise.resolve(Reflect.apply(service[method], service, list)).then(function"
              + " (answer) {  var text = JSON.stringify(answer);  return text === undefined ? null"
              + " : text; });")
  private static native JsPromise called(JsFetcher service, String method, JSObject list);

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "json"},
      script = "list.push(JSON.parse(json));")
  private static native void push(JSObject list, JSString json);

  @JSBody(params = "value", script = "return value;")
  private static native @Nullable JSString text(@Nullable JSObject value);
}
