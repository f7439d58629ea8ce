package lunora.bridge.host;

import lunora.bridge.raw.JsEnv;
import lunora.host.local.LogSink;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.WorkerHost;

/** What the Worker may use, for one event. */
public final class CfWorkerHost extends CfBindings implements WorkerHost {

  private static final HttpFetcher FETCHER = new CfFetcher();

  private final LogSink log;

  public CfWorkerHost(JsEnv env, LogSink log) {
    super(env);
    this.log = log;
  }

  @Override
  public HttpFetcher fetcher() {
    return FETCHER;
  }

  @Override
  public LogSink log() {
    return log;
  }
}
