package lunora.bridge.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Headers as a JavaScript array of names and values in turn. */
final class HeaderPairs {

  /** How many sets are kept: the edge has four that never change. */
  private static final int KEPT_MAX = 4;

  private static final JSObject NONE = list();

  /** Those made lately, linked: a list in a shared collection would be boxed. */
  private static @Nullable HeaderPairs latest;

  private static int kept;

  private final Map<String, String> headers;
  private final JSObject pairs;
  private final @Nullable HeaderPairs next;

  private HeaderPairs(Map<String, String> headers, JSObject pairs, @Nullable HeaderPairs next) {
    this.headers = headers;
    this.pairs = pairs;
    this.next = next;
  }

  /** The pairs of a map that never changes and comes again and again. */
  static JSObject ready(Map<String, String> headers) {
    for (HeaderPairs each = latest; each != null; each = each.next) {
      if (each.headers == headers) {
        return each.pairs;
      }
    }
    JSObject pairs = of(headers);
    if (kept < KEPT_MAX) {
      latest = new HeaderPairs(headers, pairs, latest);
      kept++;
    }
    return pairs;
  }

  /** The pairs of a map. */
  static JSObject of(Map<String, String> headers) {
    if (headers.isEmpty()) {
      return NONE;
    }
    JSObject pairs = list();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      push(pairs, header.getKey(), header.getValue());
    }
    return pairs;
  }

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "name", "value"},
      script = "list.push(name, value);")
  private static native void push(JSObject list, String name, String value);
}
