package lunora.rpc;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** The answers of a call as HTTP responses. */
public final class RpcResponses {

  /** The headers of every JSON answer of the {@code /_lunora} plane: never cached. */
  public static final Map<String, String> HEADERS =
      Map.of("content-type", "application/json", "cache-control", "no-store");

  private RpcResponses() {}

  /** {@code {"error":{...}}} with the error's status. */
  public static HttpResponse.Json error(ErrorBody body, JsonSink sink) {
    sink.raw("{\"error\":");
    body.write(sink);
    return json(body.status(), sink.raw("}").finish());
  }

  /** A JSON answer of the {@code /_lunora} plane: never cached, whoever looks on. */
  public static HttpResponse.Json json(int status, JsonText body) {
    return new HttpResponse.Json(status, HEADERS, body);
  }
}
