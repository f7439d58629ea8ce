package lunora.bridge.raw;

/**
 * A D1 database.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/d1-database/">Cloudflare
 *     documentation</a>
 */
public interface JsD1Database extends JsD1Session {

  /** A promise of an object with {@code count} and {@code duration}. */
  JsPromise exec(String statements);

  JsD1Session withSession(String constraintOrBookmark);
}
