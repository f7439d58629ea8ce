package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSMethod;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An incoming HTTP request.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/request/">Cloudflare
 *     documentation</a>
 */
public interface JsRequest extends JSObject {

  @JSProperty
  String getMethod();

  @JSProperty
  String getUrl();

  @JSProperty
  JsHeaders getHeaders();

  /** Null when the request has no body. */
  @JSProperty
  @Nullable JsReadableStream getBody();

  /** A promise of the body as a string, decoded from UTF-8. */
  JsPromise text();

  /** A promise of the body as an {@code ArrayBuffer}. */
  JsPromise arrayBuffer();

  @JSProperty
  boolean isBodyUsed();

  /** {@code follow}, {@code manual} or {@code error}. */
  @JSProperty
  String getRedirect();

  /** Another request with a body of its own. */
  @JSMethod("clone")
  JsRequest copy();
}
