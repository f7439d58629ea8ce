package lunora.rpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/** The answers of a call as HTTP responses. */
public final class RpcResponses {

  /** The headers of every JSON answer of the {@code /_lunora} plane: never cached. */
  public static final Map<String, String> HEADERS = headers();

  private RpcResponses() {}

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("cache-control", "no-store");
    return Collections.unmodifiableMap(headers);
  }

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
