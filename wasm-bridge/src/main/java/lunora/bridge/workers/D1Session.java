package lunora.bridge.workers;

import lunora.bridge.raw.JsD1Session;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one caller, each of which sees what those before it saw and did, whichever replica
 * answers.
 *
 * @see <a href="https://developers.cloudflare.com/d1/best-practices/read-replication/">Read
 *     replication</a>
 */
public final class D1Session extends D1Queries {

  private final JsD1Session js;

  D1Session(JsD1Session js) {
    super(js);
    this.js = js;
  }

  /** Where the session has got to; null before its first statement. Does not suspend. */
  public @Nullable String bookmark() {
    return js.getBookmark();
  }
}
