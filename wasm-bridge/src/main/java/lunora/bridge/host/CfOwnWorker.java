package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.HttpReply;
import lunora.host.remote.OwnWorker;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The default export of the object's own module, through the platform's loopback. Suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/context/#exports">ctx.exports</a>
 */
final class CfOwnWorker implements OwnWorker {

  /** Only the path matters: the host name never leaves the runtime. */
  private static final String ORIGIN = "https://worker.internal";

  private final JsDurableObjectState state;

  CfOwnWorker(JsDurableObjectState state) {
    this.state = state;
  }

  @Override
  public HttpReply post(String path, String body) {
    JsPromise sent = sent(state, ORIGIN + path, body);
    if (sent == null) {
      throw new LunoraException(
              ErrorCode.MISCONFIGURED, "an object cannot reach its Worker: there is no ctx.exports")
          .withHint("set a compatibility_date of 2025-11-17 or later");
    }
    JSObject reply = Js.await(sent);
    return new HttpReply(status(reply), Map.of(), text(reply));
  }

  @JSBody(
      params = {"state", "url", "body"},
      script =
          "var own = state.exports && state.exports.default;"
              + "if (!own || typeof own.fetch !== 'function') return null;"
              + "return own.fetch(url, { method: 'POST', body: body,"
              + "  headers: { 'content-type': 'application/json' } }).then(function (response) {"
              + "  return response.text().then(function (text) {"
              + "    return { status: response.status, text: text }; }); });")
  private static native @Nullable JsPromise sent(
      JsDurableObjectState state, String url, String body);

  @JSBody(params = "reply", script = "return reply.status;")
  private static native int status(@Nullable JSObject reply);

  @JSBody(params = "reply", script = "return reply.text;")
  private static native String text(@Nullable JSObject reply);
}
