package lunora.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.InternalHeaders;
import org.jspecify.annotations.Nullable;

/** A request put together by a test. Its body can be read once, as on the platform. */
public final class FakeHttpRequest implements HttpRequest {

  private final String method;
  private final String url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte[] body = new byte[0];
  private boolean read;

  private FakeHttpRequest(String method, String url) {
    this.method = method;
    this.url = url;
  }

  /** A request with a verb in upper case and an absolute URL, without headers or body. */
  public static FakeHttpRequest of(String method, String url) {
    if (!method.equals(method.toUpperCase(Locale.ROOT)) || !url.contains("://")) {
      throw new IllegalArgumentException("verb in upper case, absolute URL: " + method + " " + url);
    }
    return new FakeHttpRequest(method, url);
  }

  /** A GET. */
  public static FakeHttpRequest get(String url) {
    return of("GET", url);
  }

  /** A POST of a JSON text. */
  public static FakeHttpRequest post(String url, String json) {
    return of("POST", url).header("content-type", "application/json").body(json);
  }

  /** A WebSocket upgrade. */
  public static FakeHttpRequest upgrade(String url) {
    return of("GET", url).header("upgrade", "websocket").header("connection", "Upgrade");
  }

  /** Adds a header; a second value of the same name is joined to the first. */
  public FakeHttpRequest header(String name, String value) {
    headers.merge(name.toLowerCase(Locale.ROOT), value, (first, more) -> first + ", " + more);
    return this;
  }

  /** Sets the body to a text. */
  public FakeHttpRequest body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets the body to bytes, well-formed or not. */
  public FakeHttpRequest body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** A copy whose headers are replaced by, or completed with, the given ones. */
  FakeHttpRequest with(Map<String, String> replaced) {
    FakeHttpRequest copy = new FakeHttpRequest(method, url);
    copy.body = body;
    copy.headers.putAll(headers);
    replaced.forEach((name, value) -> copy.headers.put(lowerCase(name), value));
    return copy;
  }

  /** A copy without the headers that begin so. */
  FakeHttpRequest without(String prefix) {
    FakeHttpRequest copy = with(Map.of());
    copy.headers.keySet().removeIf(name -> name.startsWith(prefix));
    return copy;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String path() {
    String rest = url.substring(url.indexOf("://") + 3).split("[?#]", 2)[0];
    int slash = rest.indexOf('/');
    return slash < 0 ? "/" : rest.substring(slash);
  }

  @Override
  public @Nullable String query(String name) {
    String[] parts = url.split("#", 2)[0].split("\\?", 2);
    if (parts.length == 1) {
      return null;
    }
    for (String pair : parts[1].split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty() && decode(key).equals(name)) {
        return equals < 0 ? "" : decode(pair.substring(equals + 1));
      }
    }
    return null;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(lowerCase(name));
  }

  /** The body, as a bucket takes it. */
  byte[] takeBody() {
    if (read) {
      throw new IllegalStateException("the body was read already");
    }
    read = true;
    return body;
  }

  @Override
  public String readText(int bytesMax) {
    takeBody();
    String announced = headers.get("content-length");
    if (body.length > bytesMax || announced != null && Long.parseLong(announced) > bytesMax) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE, "The body is larger than " + bytesMax + " bytes.");
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  @Override
  public HttpRequest withoutInternalHeaders() {
    FakeHttpRequest copy = with(Map.of());
    copy.headers.keySet().removeIf(InternalHeaders::contains);
    return copy;
  }

  private static String lowerCase(String name) {
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header names are in lower case here: " + name);
    }
    return name;
  }

  /** As {@code URLSearchParams}: a plus is a space, a percent that leads nowhere stays. */
  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      out.write(low >= 0 ? high * 16 + low : bytes[i] == '+' ? ' ' : bytes[i]);
      i += low >= 0 ? 2 : 0;
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
