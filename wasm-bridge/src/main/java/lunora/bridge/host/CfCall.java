package lunora.bridge.host;

import lunora.host.inbound.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A call that the Worker made of a shard's method, in the form of the request that it stands for.
 * The headers are a plain object, which costs a look-up what a variable does.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/rpc/">RPC</a>
 */
public final class CfCall implements HttpRequest {

  private final String path;
  private final String body;
  private final JSObject headers;

  public CfCall(String path, String body, JSObject headers) {
    this.path = path;
    this.body = body;
    this.headers = headers;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String url() {
    return CfShardNamespace.ORIGIN + path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable String query(String name) {
    return null;
  }

  @Override
  public @Nullable String header(String name) {
    return own(headers, name);
  }

  /** The Worker made it: none of its headers is a client's word. */
  @Override
  public CfCall withoutInternalHeaders() {
    return this;
  }

  @Override
  public String readText(int bytesMax) {
    return body;
  }

  @JSBody(
      params = {"headers", "name"},
      script = "var value = headers[name]; return typeof value === 'string' ? value : null;")
  private static native @Nullable String own(JSObject headers, String name);
}
