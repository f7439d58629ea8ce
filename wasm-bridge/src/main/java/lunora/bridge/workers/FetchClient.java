package lunora.bridge.workers;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import org.teavm.jso.JSBody;

/**
 * Requests to other servers. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/fetch/">Fetch</a>
 */
public final class FetchClient {

  private FetchClient() {}

  /** A GET of the URL that follows redirects. */
  public static WorkersResponse get(String url) {
    return fetch(WorkersRequest.to(url).build());
  }

  /**
   * Sends the request. Any status is an answer.
   *
   * @throws lunora.bridge.value.JsException when there is no answer: no connection, a timeout
   */
  public static WorkersResponse fetch(WorkersRequest request) {
    return Awaited.response(() -> fetched(request.raw()));
  }

  /**
   * Opens a WebSocket to an HTTP or HTTPS URL. The caller then tells it who {@link
   * WorkersSocket#listen listens}.
   *
   * @throws IllegalStateException when the server answers with anything but an upgrade
   */
  public static WorkersSocket connect(String url) {
    WorkersResponse response = fetch(WorkersRequest.to(url).header("upgrade", "websocket").build());
    WorkersSocket socket = response.webSocket();
    if (socket == null) {
      throw new IllegalStateException("no upgrade: the server answered " + response.status());
    }
    return socket;
  }

  @JSBody(params = "request", script = "return fetch(request);")
  private static native JsPromise fetched(JsRequest request);
}
