package lunora.bridge.workers;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Which keys a list has. Keys are ordered by their UTF-8 bytes.
 *
 * @param prefix what the keys begin with
 * @param start the first key
 * @param startAfter the key before the first; not beside a start
 * @param end the key after the last
 * @param reverse whether the last key comes first
 * @param limit how many at most, 0 for all
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#list">list</a>
 */
public record ListOptions(
    @Nullable String prefix,
    @Nullable String start,
    @Nullable String startAfter,
    @Nullable String end,
    boolean reverse,
    int limit) {

  /** Every key. */
  public static ListOptions all() {
    return new ListOptions(null, null, null, null, false, 0);
  }

  public static ListOptions withPrefix(String prefix) {
    return new ListOptions(prefix, null, null, null, false, 0);
  }

  public ListOptions startingAt(String key) {
    return new ListOptions(prefix, key, null, end, reverse, limit);
  }

  public ListOptions startingAfter(String key) {
    return new ListOptions(prefix, null, key, end, reverse, limit);
  }

  public ListOptions endingBefore(String key) {
    return new ListOptions(prefix, start, startAfter, key, reverse, limit);
  }

  public ListOptions lastFirst() {
    return new ListOptions(prefix, start, startAfter, end, true, limit);
  }

  public ListOptions limitedTo(int count) {
    return new ListOptions(prefix, start, startAfter, end, reverse, count);
  }

  JSObject js() {
    JsOptions options = new JsOptions();
    options.with("prefix", prefix).with("start", start).with("startAfter", startAfter);
    options.with("end", end).flag("reverse", reverse);
    return limit == 0 ? options.js() : options.number("limit", limit).js();
  }
}
