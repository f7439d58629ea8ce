package lunora.host.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** An answer: one made here, or one of the host's own that is passed on untouched. */
public sealed interface HttpResponse {

  /** The HTTP status. */
  int status();

  /**
   * The same answer with more headers, names in lower case. Not to be called on a 101, whose socket
   * would be lost.
   *
   * @param absent those to set where the answer has none of the name
   * @param set those to set in any case
   */
  HttpResponse with(Map<String, String> absent, Map<String, String> set);

  /** A JSON answer. Header names are in lower case and unique. */
  record Json(int status, Map<String, String> headers, JsonText body) implements HttpResponse {

    /** The same answer with one more header. */
    public Json with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Json(status, more, body);
    }

    @Override
    public Json with(Map<String, String> absent, Map<String, String> set) {
      return new Json(status, merged(absent, headers, set), body);
    }
  }

  /** An answer that is not JSON; an empty body sends none. */
  record Plain(int status, Map<String, String> headers, String body) implements HttpResponse {

    @Override
    public Plain with(Map<String, String> absent, Map<String, String> set) {
      return new Plain(status, merged(absent, headers, set), body);
    }
  }

  /**
   * A response of the host, such as another shard's answer or the 101 of an accepted socket. Only
   * the host that made it can look inside.
   */
  non-sealed interface Foreign extends HttpResponse {

    /** The header's value, name in lower case; several values are joined by a comma. */
    @Nullable String header(String name);
  }

  /** A JSON answer with its content type. */
  static Json json(int status, JsonText body) {
    return new Json(status, Map.of("content-type", "application/json"), body);
  }

  /** A plain text answer with its content type. */
  static Plain text(int status, String body) {
    return new Plain(status, Map.of("content-type", "text/plain;charset=utf-8"), body);
  }

  private static Map<String, String> merged(
      Map<String, String> absent, Map<String, String> own, Map<String, String> set) {
    Map<String, String> all = new LinkedHashMap<>(absent);
    all.putAll(own);
    all.putAll(set);
    return all;
  }
}
