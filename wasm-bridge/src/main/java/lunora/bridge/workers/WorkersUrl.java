package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsUrl;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * A URL, parsed as browsers do. Immutable.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-standards/#url-api">URL</a>
 */
public final class WorkersUrl {

  private final JsUrl js;

  private WorkersUrl(JsUrl js) {
    this.js = js;
  }

  /**
   * Parses an absolute URL.
   *
   * @throws lunora.bridge.value.JsException when it is none
   */
  public static WorkersUrl parse(String text) {
    return Js.call(() -> new WorkersUrl(parsed(text)));
  }

  /** Resolves a reference, such as {@code ../a?b}, against this URL. */
  public WorkersUrl resolve(String reference) {
    return Js.call(() -> new WorkersUrl(resolved(reference, js)));
  }

  /** The whole URL in its normal form. */
  @Override
  public String toString() {
    return js.getHref();
  }

  /** Scheme, host and port, without a slash at the end. */
  public String origin() {
    return js.getOrigin();
  }

  /** The scheme with its colon, such as {@code https:}. */
  public String protocol() {
    return js.getProtocol();
  }

  public String hostname() {
    return js.getHostname();
  }

  /** The port as text; empty for the default of the scheme. */
  public String port() {
    return js.getPort();
  }

  /** The path, still escaped; it begins with a slash. */
  public String path() {
    return js.getPathname();
  }

  /** The query with its question mark, still escaped; empty when there is none. */
  public String search() {
    return js.getSearch();
  }

  /** The fragment with its hash sign; empty when there is none. */
  public String hash() {
    return js.getHash();
  }

  /** The decoded value of the first query parameter of that name. */
  public @Nullable String query(String name) {
    return js.getSearchParams().get(name);
  }

  /** The decoded values of all query parameters of that name, in order. */
  public List<String> queryAll(String name) {
    return JsOptions.texts(js.getSearchParams().getAll(name));
  }

  /** The same URL with one query parameter set, in place of any others of that name. */
  public WorkersUrl withQuery(String name, String value) {
    JsUrl copy = parsed(js.getHref());
    copy.getSearchParams().set(name, value);
    return new WorkersUrl(copy);
  }

  /** The platform's object. */
  public JsUrl raw() {
    return js;
  }

  @JSBody(params = "text", script = "return new URL(text);")
  private static native JsUrl parsed(String text);

  @JSBody(
      params = {"reference", "base"},
      script = "return new URL(reference, base);")
  private static native JsUrl resolved(String reference, JsUrl base);
}
