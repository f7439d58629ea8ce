package lunora.bridge.workers;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Which part of an object of R2 to read, and under which condition.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2getoptions">R2GetOptions</a>
 */
public final class R2GetOptions {

  /** Everything, on no condition. */
  public static final R2GetOptions WHOLE = new R2GetOptions(null, null);

  private final @Nullable JSObject range;
  private final @Nullable R2Condition condition;

  private R2GetOptions(@Nullable JSObject range, @Nullable R2Condition condition) {
    this.range = range;
    this.condition = condition;
  }

  /** From an offset to the end. */
  public static R2GetOptions from(long offset) {
    return new R2GetOptions(new JsOptions().number("offset", (double) offset).js(), null);
  }

  /** At most that many bytes from an offset. */
  public static R2GetOptions range(long offset, long length) {
    JsOptions range = new JsOptions().number("offset", (double) offset);
    return new R2GetOptions(range.number("length", (double) length).js(), null);
  }

  /** The last bytes. */
  public static R2GetOptions last(long bytes) {
    return new R2GetOptions(new JsOptions().number("suffix", (double) bytes).js(), null);
  }

  /** The same, under that condition only. */
  public R2GetOptions onlyIf(R2Condition newCondition) {
    return new R2GetOptions(range, newCondition);
  }

  JSObject js() {
    JsOptions options = new JsOptions();
    if (range != null) {
      options.value("range", range);
    }
    if (condition != null) {
      options.value("onlyIf", condition.js());
    }
    return options.js();
  }
}
