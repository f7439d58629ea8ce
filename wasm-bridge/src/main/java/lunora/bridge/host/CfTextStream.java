package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsAsyncAction;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsText;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.TextSource;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A response whose body is pulled from Java piece by piece.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/readablestream/">ReadableStream</a>
 */
final class CfTextStream {

  private CfTextStream() {}

  static HttpResponse response(int status, Map<String, String> headers, TextSource body) {
    JsResponse made =
        response(() -> Js.async(() -> piece(body)), status, CfHttpResponse.headers(headers));
    return CfHttpResponse.of(made);
  }

  private static @Nullable JSObject piece(TextSource body) {
    JsonText next = body.next();
    return next == null ? null : JsText.toJs(next);
  }

  @JSBody(
      params = {"next", "status", "headers"},
      script =
          "var encoder = new TextEncoder();"
              + "var body = new ReadableStream({ pull: function (controller) {"
              + "  return next().then(function (text) {"
              + "    if (text === null || text === undefined) controller.close();"
              + "    else controller.enqueue(encoder.encode(text)); }); } });"
              + "return new Response(body, { status: status, headers: headers });")
  private static native JsResponse response(JsAsyncAction next, int status, JSObject headers);
}
