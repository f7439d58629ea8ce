package lunora.shard;

import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.rpc.RpcEnvelope;
import lunora.trace.LogLine;
import lunora.trace.Trace;
import org.jspecify.annotations.Nullable;

/**
 * One line for each call of a request that the Worker logs, which it says by a trace. Never
 * suspends.
 */
final class CallLog {

  private static final String ERROR_START = "{\"error\":{\"code\":\"";

  private final ShardHost host;
  private final Oplog oplog;

  CallLog(ShardHost host, Oplog oplog) {
    this.host = host;
    this.oplog = oplog;
  }

  /**
   * A call that has begun, and where the shard stood then.
   *
   * @param id of the trace
   */
  record Begun(String id, long startedMs, long rowsRead, long head) {}

  /** Whether a request is one of those that are logged. */
  boolean covers(HttpRequest request) {
    return request.header(Trace.HEADER) != null;
  }

  /** The same call, which also writes its line. */
  PreparedAnswer of(PreparedAnswer call, HttpRequest request, String body) {
    return new PreparedAnswer() {
      @Override
      public boolean writes() {
        return call.writes();
      }

      @Override
      public HttpResponse.Json answer() {
        Begun begun = begin(request);
        HttpResponse.Json answer = call.answer();
        ended(begun, body, answer);
        return answer;
      }
    };
  }

  /** Takes note of a call's beginning; null for one that is not logged. */
  @Nullable Begun begin(HttpRequest request) {
    String header = request.header(Trace.HEADER);
    Trace trace = header == null ? null : Trace.parse(header);
    return trace == null
        ? null
        : new Begun(trace.id(), host.clock().nowMs(), host.sql().rowsRead(), oplog.head());
  }

  /** Writes the line of a call that was answered, whose text was this. */
  void ended(@Nullable Begun begun, String body, HttpResponse.Json answer) {
    if (begun != null) {
      write(begun, functionPath(body), answer);
    }
  }

  /** Writes the line of a call of a batch. */
  void ended(@Nullable Begun begun, RpcEnvelope call, HttpResponse.Json answer) {
    if (begun != null) {
      write(begun, call.functionPath(), answer);
    }
  }

  private void write(Begun begun, @Nullable String function, HttpResponse.Json answer) {
    LogLine.of("call")
        .with("trace", begun.id())
        .with("function", function)
        .with("shard", host.shardKey())
        .with("ms", host.clock().nowMs() - begun.startedMs())
        .with("rowsRead", host.sql().rowsRead() - begun.rowsRead())
        .with("rowsWritten", oplog.head() - begun.head())
        .with("code", code(answer))
        .write(host.log(), answer.status() >= 500 ? LogSink.Level.ERROR : LogSink.Level.INFO);
  }

  private static @Nullable String functionPath(String body) {
    try {
      return RpcEnvelope.read(body).functionPath();
    } catch (LunoraException e) {
      return null;
    }
  }

  private static String code(HttpResponse.Json answer) {
    String text = answer.body().toString();
    return text.startsWith(ERROR_START)
        ? text.substring(ERROR_START.length(), text.indexOf('"', ERROR_START.length()))
        : "OK";
  }
}
