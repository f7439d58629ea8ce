package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsDurableObjectStub;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * The Durable Objects behind one binding, addressed by name.
 *
 * <p>Every call takes a new stub: a stub whose call failed stays broken. Suspends.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/namespace/">Namespace</a>
 */
public final class CfShardNamespace implements ShardNamespace {

  /** Only the path matters: the host name never leaves the runtime. */
  static final String ORIGIN = "https://shard.internal";

  private final JsDurableObjectNamespace namespace;

  public CfShardNamespace(JsDurableObjectNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public HttpResponse.Json post(
      String shardKey, String path, Map<String, String> headers, String body) {
    try {
      JSObject own = CfHttpResponse.headers(headers);
      JsPromise answer = CfShardCall.call(namespace, shardKey, path, body, own);
      return CfAnswer.read(CfAnswer.text(Js.await(answer)));
    } catch (RuntimeException e) {
      throw unavailable(JsErrors.caught(e));
    }
  }

  /** A promise of what a call that was let pass is answered; it never rejects. Never suspends. */
  public JsPromise send(ForwardedCall call) {
    return CfShardCall.send(namespace, call);
  }

  @Override
  public List<ShardReply> postAll(List<ShardPost> posts) {
    JSObject pending = list();
    for (ShardPost post : posts) {
      push(pending, reply(namespace, post.shardKey(), ORIGIN + post.path(), init(post)));
    }
    JSArrayReader<Settled> settled = replies(Js.await(all(pending)));
    return replies(settled);
  }

  @Override
  public List<ShardReply> postAll(List<ShardPost> posts, int atOnce, long timeoutMs) {
    JSObject queued = list();
    for (ShardPost post : posts) {
      push(queued, queued(post.shardKey(), ORIGIN + post.path(), init(post)));
    }
    JsPromise all = CfWaves.send(namespace, queued, atOnce, timeoutMs);
    JSObject settled = Js.await(all);
    return replies(replies(settled));
  }

  private static List<ShardReply> replies(JSArrayReader<Settled> settled) {
    List<ShardReply> replies = new ArrayList<>(settled.getLength());
    for (int i = 0; i < settled.getLength(); i++) {
      replies.add(reply(settled.get(i)));
    }
    return replies;
  }

  private static JSObject init(ShardPost post) {
    return init(CfHttpResponse.headers(post.headers()), post.body());
  }

  private static ShardReply reply(Settled settled) {
    int status = statusOf(settled);
    if (status == CfWaves.TIMED_OUT) {
      return new ShardReply.TimedOut();
    }
    return status == 0
        ? new ShardReply.Unreachable(textOf(settled))
        : new ShardReply.Answered(status, textOf(settled), bookmarkOf(settled));
  }

  /** A status and text, or the status 0 and a reason where nothing was reached. */
  private interface Settled extends JSObject {}

  @JSBody(
      params = {"namespace", "key", "url", "init"},
      script =
          "var failed = function (e) { return { status: 0, text: String(e), bookmark: null }; };"
              + "try { var stub = typeof namespace.getByName === 'function'"
              + "  ? namespace.getByName(key) : namespace.get(namespace.idFromName(key));"
              + "return stub.fetch(url, init).then(function (response) {"
              + "  return response.text().then(function (text) {"
              + "    return { status: response.status, text: text,"
              + "      bookmark: response.headers.get('x-d1-bookmark') }; }); }).catch(failed);"
              + "} catch (e) { return failed(e); }")
  private static native JSObject reply(
      JsDurableObjectNamespace namespace, String key, String url, JSObject init);

  @JSBody(
      params = {"key", "url", "init"},
      script = "return { key: key, url: url, init: init };")
  private static native JSObject queued(String key, String url, JSObject init);

  @JSBody(params = "promises", script = "return Promise.all(promises);")
  private static native JsPromise all(JSObject promises);

  @JSBody(params = "value", script = "return value;")
  private static native JSArrayReader<Settled> replies(@Nullable JSObject value);

  @JSBody(params = "settled", script = "return settled.status;")
  private static native int statusOf(Settled settled);

  @JSBody(params = "settled", script = "return settled.text;")
  private static native String textOf(Settled settled);

  @JSBody(params = "settled", script = "return settled.bookmark;")
  private static native @Nullable String bookmarkOf(Settled settled);

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, JSObject value);

  @Override
  public HttpResponse upgrade(String shardKey, HttpRequest request, Map<String, String> headers) {
    JsRequest inbound = ((CfHttpRequest) request).js();
    try {
      return response(stub(shardKey).fetch(readdressed(inbound, CfHttpResponse.headers(headers))));
    } catch (RuntimeException e) {
      throw unavailable(JsErrors.caught(e));
    }
  }

  private JsDurableObjectStub stub(String shardKey) {
    return hasGetByName(namespace)
        ? namespace.getByName(shardKey)
        : namespace.get(namespace.idFromName(shardKey));
  }

  private static HttpResponse response(JsPromise promise) {
    return new CfHttpResponse(response(Js.await(promise)));
  }

  static LunoraException unavailable(Throwable cause) {
    LunoraException refusal =
        new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "The shard cannot be reached");
    refusal.initCause(cause);
    return refusal;
  }

  @JSBody(params = "namespace", script = "return typeof namespace.getByName === 'function';")
  private static native boolean hasGetByName(JsDurableObjectNamespace namespace);

  @JSBody(
      params = {"headers", "body"},
      script = "return { method: 'POST', headers: headers, body: body };")
  private static native JSObject init(JSObject headers, String body);

  /** The inbound headers without any {@code x-lunora-*}, which only we may set, plus ours. */
  @JSBody(
      params = {"request", "own"},
      script =
          "var headers = new Headers(request.headers);"
              + "Array.from(headers.keys()).forEach(function (name) {"
              + "  if (name.toLowerCase().indexOf('x-lunora-') === 0) headers.delete(name); });"
              + "Object.keys(own).forEach(function (name) { headers.set(name, own[name]); });"
              + "return new Request(request.url, { headers: headers });")
  private static native JSObject readdressed(JsRequest request, JSObject own);

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(@Nullable JSObject value);
}
