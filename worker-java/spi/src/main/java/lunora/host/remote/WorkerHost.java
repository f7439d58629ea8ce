package lunora.host.remote;

import lunora.host.local.Clock;
import lunora.host.local.LogSink;

/** What the Worker may use, bound to the event at hand. */
public interface WorkerHost extends Bindings {

  /** Outgoing HTTP. */
  HttpFetcher fetcher();

  Clock clock();

  LogSink log();
}
