package lunora.bridge.workers;

import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * An HTTP response: one to answer with, or one that was received. Its body is read once.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/response/">Response</a>
 */
public final class WorkersResponse {

  private final JsResponse js;

  /** Wraps the platform's object. */
  public WorkersResponse(JsResponse js) {
    this.js = js;
  }

  /**
   * An answer without a body.
   *
   * @throws lunora.bridge.value.JsException when the status is not one of 200 to 599
   */
  public static WorkersResponse empty(int status) {
    return of(status, null, null);
  }

  /** An answer of plain text, sent as UTF-8. */
  public static WorkersResponse text(int status, String body) {
    return of(status, JSString.valueOf(body), "text/plain;charset=utf-8");
  }

  public static WorkersResponse json(int status, JsonText body) {
    return of(status, JsText.toJs(body), "application/json");
  }

  /** An answer of bytes, as {@code application/octet-stream}. */
  public static WorkersResponse bytes(int status, byte[] body) {
    return of(status, JsBinary.toJs(body), "application/octet-stream");
  }

  /** An answer whose body is sent as it is read. Has no content type yet. */
  public static WorkersResponse stream(int status, ByteStream body) {
    return of(status, body.raw(), null);
  }

  /** Sends the client elsewhere, with status 301, 302, 303, 307 or 308. */
  public static WorkersResponse redirect(int status, String url) {
    return Js.call(() -> new WorkersResponse(redirected(url, status)));
  }

  /** Accepts an upgrade: the client gets this end of a pair. */
  public static WorkersResponse upgrade(WorkersSocket client) {
    return Js.call(() -> new WorkersResponse(upgraded(client.raw())));
  }

  private static WorkersResponse of(int status, @Nullable JSObject body, @Nullable String type) {
    JSObject headers = new JsOptions().with("content-type", type).js();
    return Js.call(() -> new WorkersResponse(made(body, status, headers)));
  }

  public int status() {
    return js.getStatus();
  }

  /** What stands behind the status, such as {@code OK}; may be empty. */
  public String statusText() {
    return js.getStatusText();
  }

  /** Where it came from in the end; empty for one made here. */
  public String url() {
    return js.getUrl();
  }

  /** Whether a redirect was followed. */
  public boolean redirected() {
    return js.isRedirected();
  }

  /** The headers; to be changed only on a response made here. */
  public WorkersHeaders headers() {
    return new WorkersHeaders(js.getHeaders());
  }

  /** The same response with that header, for one made here. */
  public WorkersResponse with(String name, String value) {
    headers().set(name, value);
    return this;
  }

  /** The body as it arrives; null when there is none. */
  public @Nullable ByteStream body() {
    JsReadableStream body = js.getBody();
    return body == null ? null : new ByteStream(body);
  }

  /** Whether somebody read the body, or began to. */
  public boolean bodyUsed() {
    return js.isBodyUsed();
  }

  /** The body as text, decoded from UTF-8. Suspends. */
  public String text() {
    return Awaited.text(() -> js.text());
  }

  /** The body. Suspends. */
  public byte[] bytes() {
    return Awaited.bytes(() -> js.arrayBuffer());
  }

  /** The socket of an upgrade that was accepted; null for any other response. */
  public @Nullable WorkersSocket webSocket() {
    JsWebSocket socket = socket(js);
    return socket == null ? null : new WorkersSocket(socket);
  }

  /** Another response with a body of its own, while this one's is unread. */
  public WorkersResponse copy() {
    return Js.call(() -> new WorkersResponse(js.copy()));
  }

  /** The platform's object. */
  public JsResponse raw() {
    return js;
  }

  @JSBody(
      params = {"body", "status", "headers"},
      script = "return new Response(body, { status: status, headers: headers });")
  private static native JsResponse made(@Nullable JSObject body, int status, JSObject headers);

  @JSBody(
      params = {"url", "status"},
      script = "return Response.redirect(url, status);")
  private static native JsResponse redirected(String url, int status);

  @JSBody(
      params = "client",
      script = "return new Response(null, { status: 101, webSocket: client });")
  private static native JsResponse upgraded(JsWebSocket client);

  @JSBody(params = "response", script = "return response.webSocket || null;")
  private static native @Nullable JsWebSocket socket(JsResponse response);
}
