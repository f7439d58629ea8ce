package lunora.bridge.workers;

import lunora.bridge.raw.JsFetcher;

/**
 * The static files that are deployed with the Worker. Suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/static-assets/binding/">Static assets</a>
 */
public final class StaticAssets {

  private final JsFetcher js;

  StaticAssets(JsFetcher js) {
    this.js = js;
  }

  /**
   * The file at the request's path, by the rules of {@code wrangler.jsonc}; the host is ignored.
   */
  public WorkersResponse fetch(WorkersRequest request) {
    return Awaited.response(() -> js.fetch(request.raw()));
  }

  /** The file at the path, which begins with a slash. */
  public WorkersResponse get(String path) {
    return fetch(WorkersRequest.to("https://assets.local" + path).build());
  }
}
