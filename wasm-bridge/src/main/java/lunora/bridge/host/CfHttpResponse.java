package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.JsText;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * A response of the platform that Java passes on without looking inside, and the conversion of
 * those that Java made.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/response/">Response</a>
 */
public final class CfHttpResponse implements HttpResponse.Foreign {

  private static @Nullable Map<String, String> lastHeaders;
  private static @Nullable JSObject lastJs;

  private final JsResponse js;

  CfHttpResponse(JsResponse js) {
    this.js = js;
  }

  @Override
  public int status() {
    return js.getStatus();
  }

  @Override
  public @Nullable String header(String name) {
    return js.getHeaders().get(name);
  }

  @Override
  public CfHttpResponse with(Map<String, String> absent, Map<String, String> set) {
    return new CfHttpResponse(completed(js, HeaderPairs.ready(absent), HeaderPairs.of(set)));
  }

  /** An answer that an app's own JavaScript gave, whose form somebody has checked. */
  public static CfHttpResponse of(JSObject response) {
    return new CfHttpResponse(response(response));
  }

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(JSObject value);

  /** A copy: the headers of an answer that came from elsewhere cannot be changed. */
  @JSBody(
      params = {"response", "absent", "set"},
      script =
          "var copy = new Response(response.body, response), headers = copy.headers, i;"
              + "for (i = 0; i < absent.length; i += 2)"
              + "  if (!headers.has(absent[i])) headers.set(absent[i], absent[i + 1]);"
              + "for (i = 0; i < set.length; i += 2) headers.set(set[i], set[i + 1]);"
              + "return copy;")
  private static native JsResponse completed(JsResponse response, JSObject absent, JSObject set);

  /** The platform's form of an answer; one of its own comes back untouched. */
  public static JsResponse toJs(HttpResponse response) {
    if (response instanceof HttpResponse.Json json) {
      return made(JsText.toJs(json.body()), json.status(), lasting(json.headers()));
    }
    if (response instanceof HttpResponse.Plain plain) {
      JSString body = plain.body().isEmpty() ? null : JSString.valueOf(plain.body());
      return made(body, plain.status(), headers(plain.headers()));
    }
    return ((CfHttpResponse) response).js;
  }

  /** The platform's form of headers; those that were used last are not converted anew. */
  private static JSObject lasting(Map<String, String> headers) {
    JSObject known = lastJs;
    if (known == null || headers != lastHeaders) {
      known = constructed(headers(headers));
      lastHeaders = headers;
      lastJs = known;
    }
    return known;
  }

  /** A plain JavaScript object, as the constructors of Request and Response take it. */
  static JSObject headers(Map<String, String> headers) {
    JSObject object = object();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      put(object, header.getKey(), header.getValue());
    }
    return object;
  }

  /** From which a response takes them more quickly than from an object. */
  @JSBody(params = "headers", script = "return new Headers(headers);")
  private static native JSObject constructed(JSObject headers);

  @JSBody(script = "return {};")
  private static native JSObject object();

  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = value;")
  private static native void put(JSObject object, String name, String value);

  @JSBody(
      params = {"body", "status", "headers"},
      script = "return new Response(body, { status: status, headers: headers });")
  private static native JsResponse made(@Nullable JSString body, int status, JSObject headers);
}
