package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.value.JsText;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.GlobalSession;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * The answer to a call as one text between two isolates, which costs them less than a response: the
 * JSON itself, after its three-digit status when that is not 200, or when a bookmark of the global
 * database follows: {@code 200@bookmark{...}}.
 */
public final class CfAnswer {

  private static final int OK = 200;

  private CfAnswer() {}

  /** An answer as text. */
  public static JSObject write(HttpResponse answer) {
    if (answer instanceof HttpResponse.Json json) {
      JSString body = JsText.toJs(json.body());
      String bookmark = json.headers().get(GlobalSession.BOOKMARK_HEADER);
      if (bookmark != null) {
        return marked(json.status(), bookmark, body);
      }
      return json.status() == OK ? body : failure(json.status(), body);
    }
    throw new IllegalStateException("a call is answered with JSON, not with " + answer);
  }

  /** The answer in a text, without headers other than a bookmark. */
  static HttpResponse.Json read(JSString text) {
    int status = status(text);
    if (isBare(text)) {
      return new HttpResponse.Json(status, Map.of(), new JsText(text));
    }
    String bookmark = bookmark(text);
    Map<String, String> headers =
        bookmark == null ? Map.of() : Map.of(GlobalSession.BOOKMARK_HEADER, bookmark);
    return new HttpResponse.Json(status, headers, new JsText(rest(text)));
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

  @JSBody(params = "text", script = "return text.charCodeAt(0) === 123;")
  private static native boolean isBare(JSString text);

  @JSBody(
      params = {"status", "bookmark", "body"},
      script = "return status + '@' + bookmark + body;")
  private static native JSString marked(int status, String bookmark, JSString body);

  @JSBody(
      params = "text",
      script = "return text.charCodeAt(3) === 64 ? text.slice(4, text.indexOf('{')) : null;")
  private static native @Nullable String bookmark(JSString text);

  @JSBody(params = "text", script = "return text.slice(text.indexOf('{'));")
  private static native JSString rest(JSString text);
}
