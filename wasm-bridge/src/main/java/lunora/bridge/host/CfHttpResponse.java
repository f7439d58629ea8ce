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
