package lunora.bridge.host;

import lunora.bridge.workers.FetchClient;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersRequest.Redirect;
import lunora.bridge.workers.WorkersResponse;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.HttpReply;

/**
 * The global {@code fetch}, without following redirects. A failed connection throws {@link
 * lunora.bridge.value.JsException}. Suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/fetch/">fetch</a>
 */
public final class CfFetcher implements HttpFetcher {

  @Override
  public HttpReply get(String url) {
    WorkersResponse response =
        FetchClient.fetch(WorkersRequest.to(url).redirect(Redirect.MANUAL).build());
    return new HttpReply(response.status(), response.headers().toMap(), response.text());
  }
}
