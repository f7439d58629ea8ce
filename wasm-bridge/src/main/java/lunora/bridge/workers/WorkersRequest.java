package lunora.bridge.workers;

import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * An HTTP request: one that arrived, or one made here to be sent. Its body is read once.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/request/">Request</a>
 */
public final class WorkersRequest {

  /** What a fetch does with a redirect. */
  public enum Redirect {
    /** Goes where it points. */
    FOLLOW("follow"),
    /** Gives it to the caller. */
    MANUAL("manual"),
    /** Workers refuse to build such a request: their platform has no third way. */
    ERROR("error");

    private final String code;

    Redirect(String code) {
      this.code = code;
    }
  }

  private final JsRequest js;

  /** Wraps the platform's object. */
  public WorkersRequest(JsRequest js) {
    this.js = js;
  }

  /** Begins a GET of the URL. */
  public static Builder to(String url) {
    return new Builder(url);
  }

  /** The verb in upper case. */
  public String method() {
    return js.getMethod();
  }

  /** The whole URL. */
  public String url() {
    return js.getUrl();
  }

  /** The URL, parsed anew by every call. */
  public WorkersUrl parsedUrl() {
    return WorkersUrl.parse(js.getUrl());
  }

  public WorkersHeaders headers() {
    return new WorkersHeaders(js.getHeaders());
  }

  /** The body as it arrives; null when there is none. */
  public @Nullable ByteStream body() {
    JsReadableStream body = js.getBody();
    return body == null ? null : new ByteStream(body);
  }

  /** Whether somebody read the body, or began to. */
  public boolean bodyUsed() {
    return js.isBodyUsed();
  }

  /** The body as text, decoded from UTF-8. Suspends. */
  public String text() {
    return Awaited.text(() -> js.text());
  }

  /** The body. Suspends. */
  public byte[] bytes() {
    return Awaited.bytes(() -> js.arrayBuffer());
  }

  /** Another request with a body of its own, while this one's is unread. */
  public WorkersRequest copy() {
    return Js.call(() -> new WorkersRequest(js.copy()));
  }

  /** What Cloudflare knows of the client under a name such as {@code country}, when it is text. */
  public @Nullable String cf(String name) {
    JSString value = cf(js, name);
    return value == null ? null : value.stringValue();
  }

  /** The platform's object. */
  public JsRequest raw() {
    return js;
  }

  @JSBody(
      params = {"request", "name"},
      script =
          "var value = request.cf ? request.cf[name] : null;"
              + "return typeof value === 'string' ? value : null;")
  private static native @Nullable JSString cf(JsRequest request, String name);

  @JSBody(
      params = {"url", "init"},
      script = "return new Request(url, init);")
  private static native JsRequest made(String url, JSObject init);

  @JSBody(params = "timeoutMs", script = "return AbortSignal.timeout(timeoutMs);")
  private static native JSObject timeout(int timeoutMs);

  /** A request to be sent. */
  public static final class Builder {

    private final String url;
    private final JsOptions init = new JsOptions();
    private final WorkersHeaders headers = new WorkersHeaders();

    private Builder(String url) {
      this.url = url;
    }

    /** The verb, GET unless set. */
    public Builder method(String method) {
      init.with("method", method);
      return this;
    }

    /** Adds a header. */
    public Builder header(String name, String value) {
      headers.append(name, value);
      return this;
    }

    /** A body of text, sent as UTF-8. */
    public Builder body(String text) {
      init.with("body", text);
      return this;
    }

    public Builder body(byte[] bytes) {
      init.value("body", JsBinary.toJs(bytes));
      return this;
    }

    /** A body that is sent as it is read. */
    public Builder body(ByteStream stream) {
      init.value("body", stream.raw());
      return this;
    }

    /** What to do with a redirect, {@link Redirect#FOLLOW} unless set. */
    public Builder redirect(Redirect redirect) {
      init.with("redirect", redirect.code);
      return this;
    }

    /** Breaks the exchange off after that many milliseconds from now. */
    public Builder timeoutMs(int timeoutMs) {
      init.value("signal", timeout(timeoutMs));
      return this;
    }

    /**
     * The request.
     *
     * @throws lunora.bridge.value.JsException for a URL that is not absolute, a body of a GET and
     *     the like
     */
    public WorkersRequest build() {
      init.value("headers", headers.raw());
      return Js.call(() -> new WorkersRequest(made(url, init.js())));
    }
  }
}
