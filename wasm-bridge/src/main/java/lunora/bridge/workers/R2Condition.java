package lunora.bridge.workers;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * What has to be true of an object of R2. Nothing is, of one that is not there, except {@link
 * #etagIsNot}.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#conditional-operations">Conditional
 *     operations</a>
 */
public final class R2Condition {

  private final JSObject js;

  private R2Condition(JSObject js) {
    this.js = js;
  }

  /** It has this etag, given without quotation marks. */
  public static R2Condition etagIs(String etag) {
    return new R2Condition(new JsOptions().with("etagMatches", etag).js());
  }

  /** It has another etag; {@code *} stands for any, so that nothing is there yet. */
  public static R2Condition etagIsNot(String etag) {
    return new R2Condition(new JsOptions().with("etagDoesNotMatch", etag).js());
  }

  public static R2Condition uploadedBefore(long epochMs) {
    return new R2Condition(new JsOptions().value("uploadedBefore", date((double) epochMs)).js());
  }

  public static R2Condition uploadedAfter(long epochMs) {
    return new R2Condition(new JsOptions().value("uploadedAfter", date((double) epochMs)).js());
  }

  /** The conditions of a request's headers, such as {@code If-None-Match}. */
  public static R2Condition of(WorkersHeaders headers) {
    return new R2Condition(headers.raw());
  }

  JSObject js() {
    return js;
  }

  @JSBody(params = "epochMs", script = "return new Date(epochMs);")
  private static native JSObject date(double epochMs);
}
