package lunora.host.remote;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.Clock;
import lunora.host.local.LogSink;

/** What the Worker may use, bound to the event at hand. */
public interface WorkerHost extends Bindings {

  /** Outgoing HTTP. */
  HttpFetcher fetcher();

  Clock clock();

  /**
   * An answer whose body is made while it is being read. What the source throws breaks the body
   * off. Never suspends.
   */
  HttpResponse streamed(int status, Map<String, String> headers, TextSource body);

  LogSink log();
}
