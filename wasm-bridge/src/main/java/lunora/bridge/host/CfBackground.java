package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import lunora.host.local.LogSink;
import lunora.host.remote.Background;
import lunora.host.remote.Bindings;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.OwnWorker;
import lunora.host.remote.Timer;

/**
 * Tasks that the platform waits for, each in a fiber of its own.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/state/#waituntil">waitUntil</a>
 */
public final class CfBackground implements Background {

  private final JsDurableObjectState state;
  private final LogSink log;
  private final HttpFetcher fetcher;
  private final Bindings bindings;

  public CfBackground(
      JsDurableObjectState state, LogSink log, HttpFetcher fetcher, Bindings bindings) {
    this.state = state;
    this.log = log;
    this.fetcher = fetcher;
    this.bindings = bindings;
  }

  @Override
  public void start(Task task) {
    JsPromise ended =
        Js.async(
            () -> {
              task.run();
              return null;
            },
            failure -> {
              failed(task, failure);
              return null;
            });
    state.waitUntil(ended);
  }

  private void failed(Task task, Throwable failure) {
    try {
      task.failed(failure);
    } catch (RuntimeException e) {
      log.log(LogSink.Level.ERROR, "a background task failed", e);
    }
  }

  @Override
  public Timer timer() {
    return new CfTimer();
  }

  @Override
  public HttpFetcher fetcher() {
    return fetcher;
  }

  @Override
  public Bindings bindings() {
    return bindings;
  }

  @Override
  public OwnWorker worker() {
    return new CfOwnWorker(state);
  }
}
