package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
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
}
