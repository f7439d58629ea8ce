package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsResponse;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Bindings;
import lunora.host.remote.HttpFetcher;
import org.teavm.jso.JSBody;

/**
 * What a Durable Object may use outside a transaction.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/state/#acceptwebsocket">acceptWebSocket</a>
 */
public final class CfActionHost implements ActionHost {

  private final JsDurableObjectState state;
  private final CfSockets sockets;
  private final Bindings bindings;
  private final HttpFetcher fetcher = new CfFetcher();

  public CfActionHost(JsDurableObjectState state, JsEnv env, CfSockets sockets) {
    this.state = state;
    this.bindings = new CfBindings(env);
    this.sockets = sockets;
  }

  @Override
  public HttpFetcher fetcher() {
    return fetcher;
  }

  @Override
  public Bindings bindings() {
    return bindings;
  }

  @Override
  public HttpResponse acceptSocket(String tag, String attachment) {
    JsResponse response = accept(state, tag, attachment);
    sockets.opened();
    return new CfHttpResponse(response);
  }

  @JSBody(
      params = {"state", "tag", "attachment"},
      script =
          "var pair = new WebSocketPair();"
              + "state.acceptWebSocket(pair[1], [tag]);"
              + "pair[1].serializeAttachment(attachment);"
              + "return new Response(null, { status: 101, webSocket: pair[0] });")
  private static native JsResponse accept(
      JsDurableObjectState state, String tag, String attachment);
}
