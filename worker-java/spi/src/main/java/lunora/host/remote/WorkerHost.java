package lunora.host.remote;

import lunora.host.local.LogSink;

/** What the Worker may use, bound to the event at hand. */
public interface WorkerHost extends Bindings {

  /** Outgoing HTTP. */
  HttpFetcher fetcher();

  LogSink log();
}
