package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsR2Object;
import lunora.bridge.raw.JsR2Objects;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.core.JSArrayReader;

/**
 * One page of a listing of R2. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2objects-definition">R2Objects</a>
 */
public final class R2Page {

  private final JsR2Objects js;

  R2Page(JsR2Objects js) {
    this.js = js;
  }

  public List<R2Object> objects() {
    JSArrayReader<JsR2Object> objects = js.getObjects();
    List<R2Object> list = new ArrayList<>(objects.getLength());
    for (int i = 0; i < objects.getLength(); i++) {
      list.add(new R2Object(objects.get(i)));
    }
    return list;
  }

  /** What the delimiter cut off, each once. */
  public List<String> prefixes() {
    return JsOptions.texts(js.getDelimitedPrefixes());
  }

  /** For the next page; null at the end. */
  public @Nullable String cursor() {
    return js.isTruncated() ? js.getCursor() : null;
  }
}
