package lunora.bridge.workers;

import lunora.bridge.raw.JsCache;
import lunora.bridge.raw.JsCacheStorage;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * One cache of the data centre that the Worker runs in. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/cache/">Cache API</a>
 */
public final class HttpCache {

  private final JsCache js;

  private HttpCache(JsCache js) {
    this.js = js;
  }

  /** The cache that all Workers of the zone share with {@code fetch}. Does not suspend. */
  public static HttpCache shared() {
    JsCache shared = caches().getDefault();
    return new HttpCache(shared);
  }

  /** A cache of the account's own, made when it is not there. */
  public static HttpCache open(String name) {
    JsCache opened = cache(Js.await(() -> caches().open(name)));
    return new HttpCache(opened);
  }

  /** The response kept for the request; null when there is none, and for any verb but GET. */
  public @Nullable WorkersResponse match(WorkersRequest request) {
    return match(request, false);
  }

  /** The same for a request of any verb, as if it were a GET. */
  public @Nullable WorkersResponse matchIgnoringMethod(WorkersRequest request) {
    return match(request, true);
  }

  private @Nullable WorkersResponse match(WorkersRequest request, boolean ignoreMethod) {
    JSObject options = new JsOptions().flag("ignoreMethod", ignoreMethod).js();
    JSObject found = Awaited.value(() -> js.match(request.raw(), options));
    return found == null ? null : new WorkersResponse(response(found));
  }

  /**
   * Keeps the response for the request, as long as its Cache-Control says. Reads its body.
   *
   * @throws lunora.bridge.value.JsException for any verb but GET, status 206 or a Vary of {@code *}
   */
  public void put(WorkersRequest request, WorkersResponse response) {
    Awaited.nothing(() -> js.put(request.raw(), response.raw()));
  }

  /** Drops what is kept for the request, in this data centre only; whether anything was. */
  public boolean delete(WorkersRequest request) {
    return Awaited.flag(() -> js.delete(request.raw(), new JsOptions().js()));
  }

  /** The platform's object. */
  public JsCache raw() {
    return js;
  }

  @JSBody(script = "return caches;")
  private static native JsCacheStorage caches();

  @JSBody(params = "value", script = "return value;")
  private static native JsCache cache(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(JSObject value);
}
