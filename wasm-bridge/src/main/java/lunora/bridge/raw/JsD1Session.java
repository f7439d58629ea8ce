package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Statements that see each other's effects. Only a real session has a bookmark.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/d1/worker-api/d1-database/#withsession">Cloudflare
 *     documentation</a>
 */
public interface JsD1Session extends JSObject {

  JsD1Statement prepare(String statement);

  /** A promise of an array of {@link JsD1Result}. */
  JsPromise batch(JSObject statements);

  @Nullable String getBookmark();
}
