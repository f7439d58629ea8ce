package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSMethod;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An HTTP response, made here or received.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/response/">Cloudflare
 *     documentation</a>
 */
public interface JsResponse extends JSObject {

  @JSProperty
  int getStatus();

  @JSProperty
  String getStatusText();

  @JSProperty
  String getUrl();

  @JSProperty
  boolean isRedirected();

  @JSProperty
  JsHeaders getHeaders();

  /** Null when the response has no body. */
  @JSProperty
  @Nullable JsReadableStream getBody();

  @JSProperty
  boolean isBodyUsed();

  /** The socket of an upgrade, else null. */
  @JSProperty
  @Nullable JsWebSocket getWebSocket();

  /** A promise of the body as a string, decoded from UTF-8. */
  JsPromise text();

  /** A promise of the body as an {@code ArrayBuffer}. */
  JsPromise arrayBuffer();

  /** Another response with a body of its own. */
  @JSMethod("clone")
  JsResponse copy();
}
