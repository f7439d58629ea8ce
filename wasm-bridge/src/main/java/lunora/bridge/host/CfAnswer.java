package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.value.JsText;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * The answer to a call as one text between two isolates, which costs them less than a response: the
 * JSON itself, after its three-digit status when that is not 200.
 */
public final class CfAnswer {

  private static final int OK = 200;

  private CfAnswer() {}

  /** An answer as text. */
  public static JSObject write(HttpResponse answer) {
    if (answer instanceof HttpResponse.Json json) {
      JSString body = JsText.toJs(json.body());
      return json.status() == OK ? body : failure(json.status(), body);
    }
    throw new IllegalStateException("a call is answered with JSON, not with " + answer);
  }

  /** The answer in a text, without headers. */
  static HttpResponse.Json read(JSString text) {
    int status = status(text);
    JSString body = status == OK ? text : rest(text);
    return new HttpResponse.Json(status, Map.of(), new JsText(body));
  }

  @JSBody(params = "value", script = "return value;")
  static native JSString text(@Nullable JSObject value);

  @JSBody(
      params = {"status", "body"},
      script = "return status + body;")
  private static native JSString failure(int status, JSString body);

  /** JSON of an answer is an object: it begins with a brace. */
  @JSBody(params = "text", script = "return text.charCodeAt(0) === 123 ? 200 : +text.slice(0, 3);")
  private static native int status(JSString text);

  @JSBody(params = "text", script = "return text.slice(3);")
  private static native JSString rest(JSString text);
}
