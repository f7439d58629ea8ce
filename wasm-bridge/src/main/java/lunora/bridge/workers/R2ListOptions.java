package lunora.bridge.workers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Which objects of R2 a listing shows.
 *
 * @param prefix with which their keys begin; may be empty
 * @param delimiter up to which the rest of a key is shown as a prefix only, such as {@code /}
 * @param cursor of the page before
 * @param limit 1 to 1,000; a page may be shorter
 * @param withMetadata with stored headers and the app's own metadata
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2listoptions">R2ListOptions</a>
 */
public record R2ListOptions(
    String prefix,
    @Nullable String delimiter,
    @Nullable String cursor,
    int limit,
    boolean withMetadata) {

  private static final List<String> INCLUDED = List.of("httpMetadata", "customMetadata");

  /** Up to 1,000 objects, without metadata. */
  public static R2ListOptions withPrefix(String prefix) {
    return new R2ListOptions(prefix, null, null, 1_000, false);
  }

  public R2ListOptions limitedTo(int count) {
    return new R2ListOptions(prefix, delimiter, cursor, count, withMetadata);
  }

  public R2ListOptions after(@Nullable String newCursor) {
    return new R2ListOptions(prefix, delimiter, newCursor, limit, withMetadata);
  }

  public R2ListOptions upTo(String newDelimiter) {
    return new R2ListOptions(prefix, newDelimiter, cursor, limit, withMetadata);
  }

  public R2ListOptions includingMetadata() {
    return new R2ListOptions(prefix, delimiter, cursor, limit, true);
  }

  JSObject js() {
    JsOptions options = new JsOptions().with("prefix", prefix).with("delimiter", delimiter);
    options.with("cursor", cursor).number("limit", limit);
    if (withMetadata) {
      options.value("include", JsOptions.strings(INCLUDED));
    }
    return options.js();
  }
}
