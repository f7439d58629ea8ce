package lunora.host.remote;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.Clock;
import lunora.host.local.LogSink;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

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

  /**
   * The function that a body calls, when nothing but {@code functionPath} and {@code args} of the
   * right kinds decides where the call goes (protocol section 3.1); null for any other text. Only a
   * glance: whoever carries the call out reads the body with care. Never suspends.
   */
  default @Nullable String functionAtAGlance(String body) {
    try {
      if (!(Json.read(body) instanceof Value.Obj call)
          || !(call.fields().get("functionPath") instanceof Value.Str path)
          || call.fields().containsKey("shardKey")
          || call.fields().containsKey("fanOut")) {
        return null;
      }
      Value args = call.fields().get("args");
      return args == null || args instanceof Value.Obj ? path.value() : null;
    } catch (WireFormatException e) {
      return null;
    }
  }
}
