package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A parsed URL.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-standards/#url-api">Cloudflare
 *     documentation</a>
 */
public interface JsUrl extends JSObject {

  @JSProperty
  String getHref();

  @JSProperty
  String getOrigin();

  /** With its colon. */
  @JSProperty
  String getProtocol();

  @JSProperty
  String getHostname();

  /** Empty for the default port of the protocol. */
  @JSProperty
  String getPort();

  @JSProperty
  String getPathname();

  /** With its question mark; empty without a query. */
  @JSProperty
  String getSearch();

  /** With its hash sign; empty without a fragment. */
  @JSProperty
  String getHash();

  @JSProperty
  JsSearchParams getSearchParams();
}
