package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsAsyncAction;
import lunora.bridge.raw.JsChunk;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.raw.JsStreamReader;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * A stream of bytes that arrive as they are asked for. Read once, by one reader, in the request
 * that it belongs to.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/streams/">Streams</a>
 */
public final class ByteStream {

  /** Where the bytes of a stream made here come from. */
  @FunctionalInterface
  public interface Source {

    /** The next chunk, null at the end. Asked for only when the reader wants more; may suspend. */
    byte @Nullable [] next();
  }

  private final JsReadableStream js;
  private @Nullable JsStreamReader reader;

  ByteStream(JsReadableStream js) {
    this.js = js;
  }

  /** A stream whose chunks come from the source. What that throws, the reader gets. */
  public static ByteStream of(Source source) {
    return new ByteStream(pulled(() -> Js.async(() -> chunk(source))));
  }

  private static @Nullable JSObject chunk(Source source) {
    byte[] next = source.next();
    return next == null ? null : JsBinary.toJs(next);
  }

  /**
   * The next chunk, of whatever size it has; null at the end. Suspends.
   *
   * @throws lunora.bridge.value.JsException when the sender broke off, or somebody else reads
   */
  public byte @Nullable [] read() {
    JsChunk chunk = step(Js.await(() -> reader().read()));
    return chunk.isDone() ? null : JsBinary.toJava(chunk.getValue());
  }

  private JsStreamReader reader() {
    JsStreamReader known = reader;
    if (known == null) {
      known = js.getReader();
      reader = known;
    }
    return known;
  }

  /** The whole stream, of which nothing was read. Suspends. The caller knows that it fits. */
  public byte[] readAll() {
    return Awaited.bytes(() -> drained(js));
  }

  /** Tells the sender that nobody reads on. Suspends. */
  public void cancel() {
    JsStreamReader known = reader;
    Awaited.nothing(() -> known == null ? js.cancel() : known.cancel());
  }

  /** Two streams of the same bytes in place of this one; bytes are kept for the slower one. */
  public List<ByteStream> tee() {
    return Js.call(() -> branches(js.tee()));
  }

  private static List<ByteStream> branches(JSArrayReader<JsReadableStream> both) {
    return List.of(new ByteStream(both.get(0)), new ByteStream(both.get(1)));
  }

  /**
   * The same bytes with their number announced, so that a response of it has a Content-Length. More
   * or fewer break it off.
   */
  public ByteStream ofLength(long bytes) {
    return Js.call(() -> new ByteStream(measured(js, (double) bytes)));
  }

  /** The platform's object. */
  public JsReadableStream raw() {
    return js;
  }

  @JSBody(params = "value", script = "return value;")
  private static native JsChunk step(@Nullable JSObject value);

  @JSBody(params = "stream", script = "return new Response(stream).arrayBuffer();")
  private static native JsPromise drained(JsReadableStream stream);

  @JSBody(
      params = "next",
      script =
          "return new ReadableStream({ type: 'bytes', pull: function (controller) {"
              + "  return next().then(function (chunk) {"
              + "    if (chunk === null || chunk === undefined) {"
              + "      controller.close();"
              + "      if (controller.byobRequest) controller.byobRequest.respond(0);"
              + "    } else controller.enqueue(chunk); }); } });")
  private static native JsReadableStream pulled(JsAsyncAction next);

  @JSBody(
      params = {"stream", "bytes"},
      script = "return stream.pipeThrough(new FixedLengthStream(bytes));")
  private static native JsReadableStream measured(JsReadableStream stream, double bytes);
}
