package lunora.trace;

import java.util.Map;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are logged: the variable {@code LUNORA_LOG} is {@code all}, {@code off}, a share
 * such as {@code 0.01}, or {@code errors}, the default. Failures of ours are logged with every
 * setting but {@code off}.
 */
public final class RequestLog {

  /** On an answer: the trace to look for in the log. */
  public static final String ID_HEADER = "x-request-id";

  private final double share;
  private final boolean failures;

  private RequestLog(double share, boolean failures) {
    this.share = share;
    this.failures = failures;
  }

  /** The log of a deployment with this setting; an unknown one counts as {@code errors}. */
  public static RequestLog of(@Nullable String setting) {
    String text = setting == null ? "errors" : setting.strip();
    return switch (text) {
      case "all" -> new RequestLog(1, true);
      case "off" -> new RequestLog(0, false);
      default -> new RequestLog(share(text), true);
    };
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      return share > 0 && share <= 1 ? share : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether requests that do not fail may be logged. */
  public boolean isSampling() {
    return share > 0;
  }

  /** The trace of a request that is to be logged; null for one that is not. */
  public @Nullable Trace begin(HttpRequest request, WorkerHost host) {
    if (share == 0 || share < 1 && host.crypto().random().next() >= share) {
      return null;
    }
    return Trace.continued(request.header(Trace.HEADER), host.crypto().random());
  }

  /** Logs a request that was answered; gives the answer with the trace's id if it was. */
  public HttpResponse ended(
      @Nullable Trace trace,
      double startedMs,
      HttpRequest request,
      HttpResponse answer,
      WorkerHost host) {
    boolean failed = answer.status() >= 500;
    if (trace == null && !(failed && failures)) {
      return answer;
    }
    Trace known =
        trace == null
            ? Trace.continued(request.header(Trace.HEADER), host.crypto().random())
            : trace;
    LogLine.of("request")
        .with("trace", known.id())
        .with("method", request.method())
        // Without the query, where sockets carry tokens.
        .with("path", request.path())
        .with("status", answer.status())
        .with("ms", (long) (host.clock().nowAsDouble() - startedMs))
        .write(host.log(), failed ? LogSink.Level.ERROR : LogSink.Level.INFO);
    return named(answer, known);
  }

  private static HttpResponse named(HttpResponse answer, Trace trace) {
    if (answer.status() == 101) {
      return answer;
    }
    return answer.with(Map.of(), Map.of(ID_HEADER, trace.id()));
  }
}
