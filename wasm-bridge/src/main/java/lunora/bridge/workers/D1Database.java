package lunora.bridge.workers;

import lunora.bridge.raw.JsD1Database;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A D1 database: SQLite in another place. What suspends says so; a refused statement throws {@link
 * SqlException}.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/d1-database/">D1Database</a>
 */
public final class D1Database extends D1Queries {

  private final JsD1Database js;

  D1Database(JsD1Database js) {
    super(js);
    this.js = js;
  }

  /**
   * Runs statements that each stand on a line of their own, without parameters. Suspends. Whether
   * those before one that fails stay done is not promised: on a local run they do not.
   *
   * @return how many were run
   */
  public int exec(String statements) {
    JSObject done;
    try {
      done = Awaited.object(Js.await(() -> js.exec(statements)));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
    return count(done);
  }

  /** Statements whose first one may be answered by any replica. Does not suspend. */
  public D1Session startAnywhere() {
    return session("first-unconstrained");
  }

  /** Statements whose first one goes to the primary. Does not suspend. */
  public D1Session startAtPrimary() {
    return session("first-primary");
  }

  /** Statements that see at least what the bookmark's session saw. Does not suspend. */
  public D1Session resume(String bookmark) {
    return session(bookmark);
  }

  private D1Session session(String start) {
    return Js.call(() -> new D1Session(js.withSession(start)));
  }

  /** The platform's object. */
  public JsD1Database raw() {
    return js;
  }

  @JSBody(params = "done", script = "return done.count;")
  private static native int count(@Nullable JSObject done);
}
