package lunora.bridge.host;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import lunora.host.remote.HttpFetcher;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The global {@code fetch}, without following redirects. A failed connection throws {@link
 * lunora.bridge.value.JsException}. Suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/fetch/">fetch</a>
 */
public final class CfFetcher implements HttpFetcher {

  @Override
  public int status(String url) {
    JsResponse response = response(Js.await(get(url)));
    discard(response);
    return response.getStatus();
  }

  @JSBody(params = "url", script = "return fetch(url, { redirect: 'manual' });")
  private static native JsPromise get(String url);

  /** An unread body would hold its connection. */
  @JSBody(
      params = "response",
      script = "if (response.body !== null) response.body.cancel().catch(function () {});")
  private static native void discard(JsResponse response);

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(@Nullable JSObject value);
}
