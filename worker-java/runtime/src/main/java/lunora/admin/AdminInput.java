package lunora.admin;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.rpc.InputFields;
import lunora.rpc.RpcEnvelope;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** What a request of the admin plane says. */
public final class AdminInput {

  private AdminInput() {}

  /**
   * The body as a JSON object. May suspend.
   *
   * @throws LunoraException {@code BAD_REQUEST}, {@code PAYLOAD_TOO_LARGE}
   */
  static Value.Obj body(HttpRequest request) {
    String text = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    return object(text);
  }

  /** The same, of a request that may say nothing: then the object is empty. May suspend. */
  public static Value.Obj optionalBody(HttpRequest request) {
    String text = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    return text.isBlank() ? new Value.Obj(Map.of()) : object(text);
  }

  private static Value.Obj object(String text) {
    try {
      if (Json.read(text) instanceof Value.Obj object) {
        return object;
      }
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "the body must be JSON");
    }
    throw new LunoraException(ErrorCode.BAD_REQUEST, "the body must be a JSON object");
  }

  /** A field of text that has to be there. */
  static String text(Value.Obj object, String name) {
    String text = textOrNull(object, name);
    if (text == null || text.isEmpty()) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a string");
    }
    return text;
  }

  /** The same, or null where there is none. */
  static @Nullable String textOrNull(Value.Obj object, String name) {
    return new InputFields(object).textOrNull(name);
  }

  /** An object of the query's parameters of these names, those that there are. */
  static JsonText query(HttpRequest request, String... names) {
    JsonWriter json = new JsonWriter().raw("{");
    String before = "";
    for (String name : names) {
      String value = request.query(name);
      if (value != null) {
        json.raw(before).string(name).raw(":").string(value);
        before = ",";
      }
    }
    return json.raw("}").finish();
  }

  /** A whole number of the query, or what is taken when there is none. */
  static int number(HttpRequest request, String name, int absent, int min, int max) {
    String text = request.query(name);
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outside(name, min, max);
    }
    throw outside(name, min, max);
  }

  private static LunoraException outside(String name, int min, int max) {
    return new LunoraException(
        ErrorCode.INVALID_INPUT,
        "`" + name + "` must be a whole number from " + min + " to " + max);
  }
}
