package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsAnalyticsDataset;
import lunora.bridge.value.Js;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A dataset of Analytics Engine. Does not suspend: the platform writes by itself, and says nothing
 * when it cannot.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/analytics/analytics-engine/get-started/">Analytics
 *     Engine</a>
 */
public final class AnalyticsDataset {

  private final JsAnalyticsDataset js;

  AnalyticsDataset(JsAnalyticsDataset js) {
    this.js = js;
  }

  /**
   * Writes a data point.
   *
   * @param index by which data is sampled, at most 96 bytes
   * @param blobs at most 20 texts, of 16 KB in all
   * @param doubles at most 20 numbers
   * @throws lunora.bridge.value.JsException for more than that
   */
  public void write(String index, List<String> blobs, List<Double> doubles) {
    JsOptions point = new JsOptions().value("indexes", JsOptions.strings(List.of(index)));
    JSObject numbers = list();
    for (double number : doubles) {
      push(numbers, number);
    }
    JSObject made = point.value("blobs", JsOptions.strings(blobs)).value("doubles", numbers).js();
    Js.run(() -> js.writeDataPoint(made));
  }

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, double value);
}
