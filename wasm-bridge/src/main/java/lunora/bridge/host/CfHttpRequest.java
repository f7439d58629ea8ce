package lunora.bridge.host;

import lunora.bridge.raw.JsBytes;
import lunora.bridge.raw.JsChunk;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsStreamReader;
import lunora.bridge.value.Js;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.InternalHeaders;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A request of the Workers platform.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/request/">Request</a>
 */
public final class CfHttpRequest implements HttpRequest {

  /** The names that stay, each between spaces. */
  private static final String KEPT = " " + String.join(" ", InternalHeaders.OF_CLIENTS) + " ";

  /** How much of a body that is too large is read on and thrown away. */
  private static final int DISCARDED_BYTES_MAX = 16 * 1_048_576;

  private final JsRequest js;

  /** The body, where it was read before. */
  private final @Nullable String body;

  public CfHttpRequest(JsRequest js) {
    this(js, null);
  }

  /** A request whose body has been read. */
  public CfHttpRequest(JsRequest js, @Nullable String body) {
    this.js = js;
    this.body = body;
  }

  /** The platform's object, for an app's own JavaScript. */
  public JsRequest js() {
    return js;
  }

  @Override
  public String method() {
    return js.getMethod();
  }

  @Override
  public String url() {
    return js.getUrl();
  }

  @Override
  public String path() {
    return path(js);
  }

  @Override
  public @Nullable String query(String name) {
    return query(js, name);
  }

  @Override
  public @Nullable String header(String name) {
    return js.getHeaders().get(name);
  }

  @Override
  public HttpRequest withoutInternalHeaders() {
    JsRequest clean = stripped(js, InternalHeaders.PREFIX, KEPT);
    return clean == null ? this : new CfHttpRequest(clean, body);
  }

  @Override
  public String readText(int bytesMax) {
    if (body != null) {
      return body;
    }
    double declared = declaredBytes(js);
    if (declared > bytesMax) {
      throw tooLarge();
    }
    if (declared >= 0) {
      // The platform holds a sender to the length it declared. Asking for the body would make a
      // stream object, which costs more than the text.
      return string(Js.await(js.text()));
    }
    JsReadableStream stream = js.getBody();
    if (stream == null) {
      return "";
    }
    return counted(stream.getReader(), bytesMax);
  }

  /** A promise of the body's text, or null unless it says beforehand that it is short enough. */
  public @Nullable JsPromise promisedText(int bytesMax) {
    double declared = declaredBytes(js);
    return declared >= 0 && declared <= bytesMax ? js.text() : null;
  }

  private static String counted(JsStreamReader reader, int bytesMax) {
    TextParts parts = newParts();
    int bytes = 0;
    for (JsChunk chunk = next(reader); !chunk.isDone(); chunk = next(reader)) {
      bytes += chunk.getValue().getByteLength();
      if (bytes > bytesMax) {
        discard(reader);
        throw tooLarge();
      }
      append(parts, chunk.getValue());
    }
    return finish(parts);
  }

  /** Who is cut off in the midst of a body seldom sees the answer: most get to their end first. */
  private static void discard(JsStreamReader reader) {
    int bytes = 0;
    JsChunk chunk = next(reader);
    while (!chunk.isDone() && bytes < DISCARDED_BYTES_MAX) {
      bytes += chunk.getValue().getByteLength();
      chunk = next(reader);
    }
  }

  private static JsChunk next(JsStreamReader reader) {
    return chunk(Js.await(reader.read()));
  }

  private static LunoraException tooLarge() {
    return new LunoraException(ErrorCode.PAYLOAD_TOO_LARGE, "Body too large");
  }

  /** A UTF-8 decoder and the text so far. */
  private interface TextParts extends JSObject {}

  /** From the first slash after the host; the platform always delivers one. */
  @JSBody(
      params = "request",
      script =
          "var url = request.url; var from = url.indexOf('/', url.indexOf('://') + 3);"
              + "if (from < 0) return '/';"
              + "var end = url.length, query = url.indexOf('?', from), hash = url.indexOf('#', from);"
              + "if (hash >= 0) end = hash;"
              + "if (query >= 0 && query < end) end = query;"
              + "return url.slice(from, end);")
  private static native String path(JsRequest request);

  /** A copy without them; null where there is nothing to take away. */
  @JSBody(
      params = {"request", "prefix", "kept"},
      script =
          "var forged = [];"
              + "request.headers.forEach(function (value, name) {"
              + "  if (name.indexOf(prefix) === 0 && kept.indexOf(' ' + name + ' ') < 0)"
              + "    forged.push(name); });"
              + "if (!forged.length) return null;"
              + "var copy = new Request(request);"
              + "forged.forEach(function (name) { copy.headers.delete(name); });"
              + "return copy;")
  private static native @Nullable JsRequest stripped(JsRequest request, String prefix, String kept);

  @JSBody(
      params = {"request", "name"},
      script = "return new URL(request.url).searchParams.get(name);")
  private static native @Nullable String query(JsRequest request, String name);

  /** The Content-Length, or -1 when it is absent or not a number. */
  @JSBody(
      params = "request",
      script =
          "var length = request.headers.get('content-length');"
              + "if (length === null) return -1;"
              + "var bytes = +length; return bytes >= 0 ? bytes : -1;")
  private static native double declaredBytes(JsRequest request);

  @JSBody(params = "value", script = "return value;")
  private static native String string(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsChunk chunk(@Nullable JSObject value);

  @JSBody(script = "return { decoder: new TextDecoder(), text: '' };")
  private static native TextParts newParts();

  @JSBody(
      params = {"parts", "bytes"},
      script = "parts.text += parts.decoder.decode(bytes, { stream: true });")
  private static native void append(TextParts parts, JsBytes bytes);

  @JSBody(params = "parts", script = "return parts.text + parts.decoder.decode();")
  private static native String finish(TextParts parts);
}
