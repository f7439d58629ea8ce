package lunora.test;

import java.util.Map;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * An HTTP answer as the client gets it.
 *
 * @param status the HTTP status
 * @param headers by lower-case name
 * @param body as text
 */
public record TestResponse(int status, Map<String, String> headers, String body) {

  static TestResponse of(HttpResponse response) {
    if (response instanceof HttpResponse.Json json) {
      return new TestResponse(json.status(), json.headers(), json.body().toString());
    }
    if (response instanceof HttpResponse.Plain plain) {
      return new TestResponse(plain.status(), plain.headers(), plain.body());
    }
    return new TestResponse(response.status(), Map.of(), "");
  }

  /** The body as JSON. */
  public Value json() {
    return Json.read(body);
  }

  /**
   * The wire form of a call's result.
   *
   * @throws LunoraException the refusal, if it is one
   */
  public Value result() {
    if (status == 200 && field(json(), "result") instanceof Value result) {
      return result;
    }
    throw refusal();
  }

  /** The refusal that this is; a body that is none is an {@link AssertionError}. */
  public LunoraException refusal() {
    if (status == 200 || !(field(json(), "error") instanceof Value.Obj error)) {
      throw new AssertionError("no refusal: " + status + " " + body);
    }
    return refusal(error, status);
  }

  /** The refusal that an error body on the wire is. */
  static LunoraException refusal(Value.Obj error, int status) {
    LunoraException refusal =
        new LunoraException(text(error, "code"), status, text(error, "message"));
    Value data = error.fields().get("data");
    return data == null ? refusal : refusal.withData(WireCodec.decode(data));
  }

  private static String text(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Str text ? text.value() : "";
  }

  private static Object field(Value json, String name) {
    Value found = json instanceof Value.Obj object ? object.fields().get(name) : null;
    return found == null ? "absent" : found;
  }
}
