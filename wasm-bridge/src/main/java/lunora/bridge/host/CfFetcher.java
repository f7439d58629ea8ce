package lunora.bridge.host;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.HttpReply;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * The global {@code fetch}, without following redirects. A failed connection throws {@link
 * lunora.bridge.value.JsException}. Suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/fetch/">fetch</a>
 */
public final class CfFetcher implements HttpFetcher {

  @Override
  public HttpReply get(String url) {
    JsResponse response = response(Js.await(fetch(url)));
    String body = text(Js.await(textOf(response)));
    return new HttpReply(response.getStatus(), headersOf(response), body);
  }

  private static Map<String, String> headersOf(JsResponse response) {
    Map<String, String> headers = new LinkedHashMap<>();
    each(response, (name, value) -> headers.put(name, value));
    return headers;
  }

  /** Takes one header. */
  @JSFunctor
  private interface HeaderTaker extends JSObject {
    void take(String name, String value);
  }

  @JSBody(
      params = {"response", "taker"},
      script = "response.headers.forEach(function (value, name) { taker(name, value); });")
  private static native void each(JsResponse response, HeaderTaker taker);

  @JSBody(params = "response", script = "return response.text();")
  private static native JsPromise textOf(JsResponse response);

  @JSBody(params = "value", script = "return value;")
  private static native String text(@Nullable JSObject value);

  @JSBody(params = "url", script = "return fetch(url, { redirect: 'manual' });")
  private static native JsPromise fetch(String url);

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(@Nullable JSObject value);
}
