package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A dataset of Analytics Engine.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/analytics/analytics-engine/get-started/">Cloudflare
 *     documentation</a>
 */
public interface JsAnalyticsDataset extends JSObject {

  void writeDataPoint(JSObject point);
}
