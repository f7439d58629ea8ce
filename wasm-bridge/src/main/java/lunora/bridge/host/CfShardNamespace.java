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
import lunora.bridge.value.Target;
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
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

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

  /**
   * How many calls this isolate has made of each shard, and the last of them that was answered: who
   * calls while others are under way says so. Not a count of those under way, which would never
   * come down again where a client's leaving took the answer away.
   */
  private static final UnderWay UNDER_WAY = underWay();

  private static @Nullable Map<String, String> lastHeaders;
  private static @Nullable JSObject lastJs;

  private final JsDurableObjectNamespace namespace;

  public CfShardNamespace(JsDurableObjectNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public HttpResponse.Json post(
      String shardKey, String path, Map<String, String> headers, String body) {
    try {
      JSObject own = CfHttpResponse.headers(headers);
      JsPromise answer = call(namespace, UNDER_WAY, shardKey, path, body, own);
      return CfAnswer.read(CfAnswer.text(Js.await(answer)));
    } catch (RuntimeException e) {
      throw unavailable(JsErrors.caught(e));
    }
  }

  /** A promise of what a call that was let pass is answered; it never rejects. Never suspends. */
  public JsPromise send(ForwardedCall call) {
    ShardPost post = call.post();
    JSObject headers = lasting(post.headers());
    if (Target.isJavaScript()) {
      return send(namespace, UNDER_WAY, post.shardKey(), post.path(), post.body(), headers, call);
    }
    return send(
        namespace,
        UNDER_WAY,
        post.shardKey(),
        post.path(),
        post.body(),
        headers,
        (text, error) -> answered(call, text, error));
  }

  private static JsResponse answered(
      ForwardedCall call, @Nullable JSString text, @Nullable JSObject error) {
    return CfHttpResponse.toJs(answer(call, text, error));
  }

  /** The platform's form of headers; those that were used last are not converted anew. */
  private static JSObject lasting(Map<String, String> headers) {
    JSObject known = lastJs;
    if (known == null || headers != lastHeaders) {
      known = CfHttpResponse.headers(headers);
      lastHeaders = headers;
      lastJs = known;
    }
    return known;
  }

  private static HttpResponse answer(
      ForwardedCall call, @Nullable JSString text, @Nullable JSObject error) {
    if (text == null) {
      return call.failed(unavailable(JsErrors.toJava(error)));
    }
    HttpResponse.Json answer = CfAnswer.read(text);
    return call.answered(answer);
  }

  private interface UnderWay extends JSObject {}

  /** Shards of whom nothing is under way are forgotten. */
  @JSBody(
      script =
          "var shards = new Map();"
              + "return {"
              + "  begin: function (key) {"
              + "    var shard = shards.get(key);"
              + "    if (shard === undefined) shards.set(key, shard = { made: 0, answered: 0 });"
              + "    return { amongOthers: shard.made > shard.answered, number: ++shard.made }; },"
              + "  end: function (key, call) {"
              + "    var shard = shards.get(key);"
              + "    if (shard === undefined) return;"
              + "    if (call.number > shard.answered) shard.answered = call.number;"
              + "    if (shard.answered >= shard.made) shards.delete(key); } };")
  private static native UnderWay underWay();

  /** Gets a shard's answer, or what went wrong on the way. */
  @JSFunctor
  private interface Done extends JSObject {
    JsResponse call(@Nullable JSString text, @Nullable JSObject error);
  }

  @JSBody(
      params = {"namespace", "underWay", "key", "path", "body", "headers"},
      script =
          "var stub = typeof namespace.getByName === 'function'"
              + "  ? namespace.getByName(key) : namespace.get(namespace.idFromName(key));"
              + "var call = underWay.begin(key);"
              + "var answer = stub.lunoraCall(path, body, headers, call.amongOthers);"
              + "return answer.then(function (text) { underWay.end(key, call); return text; },"
              + "  function (e) { underWay.end(key, call); throw e; });")
  private static native JsPromise call(
      JsDurableObjectNamespace namespace,
      UnderWay underWay,
      String key,
      String path,
      String body,
      JSObject headers);

  @JSBody(
      params = {"namespace", "underWay", "key", "path", "body", "headers", "done"},
      script =
          "var failed = function (e) { return done(null, e); };"
              + "try { var stub = typeof namespace.getByName === 'function'"
              + "  ? namespace.getByName(key) : namespace.get(namespace.idFromName(key));"
              + "var call = underWay.begin(key);"
              + "return stub.lunoraCall(path, body, headers, call.amongOthers).then(function (text) {"
              + "  underWay.end(key, call); return done(text, null); },"
              + "  function (e) { underWay.end(key, call); return failed(e); });"
              + "} catch (e) { return Promise.resolve(failed(e)); }")
  private static native JsPromise send(
      JsDurableObjectNamespace namespace,
      UnderWay underWay,
      String key,
      String path,
      String body,
      JSObject headers,
      Done done);

  /** The same where a script can call Java: the answer is {@link #answered}'s. */
  @JSBody(
      params = {"namespace", "underWay", "key", "path", "body", "headers", "made"},
      script =
          "var done = function (text, error) {"
              + "  return javaMethods.get('lunora.bridge.host.CfShardNamespace.answered("
              + "Llunora/host/inbound/ForwardedCall;Lorg/teavm/jso/core/JSString;"
              + "Lorg/teavm/jso/JSObject;)Llunora/bridge/raw/JsResponse;')"
              + "    .invoke(made, text, error); };"
              + "try { var stub = typeof namespace.getByName === 'function'"
              + "  ? namespace.getByName(key) : namespace.get(namespace.idFromName(key));"
              + "var call = underWay.begin(key);"
              + "return stub.lunoraCall(path, body, headers, call.amongOthers).then(function (text) {"
              + "  underWay.end(key, call); return done(text, null); },"
              + "  function (e) { underWay.end(key, call); return done(null, e); });"
              + "} catch (e) { return Promise.resolve(done(null, e)); }")
  private static native JsPromise send(
      JsDurableObjectNamespace namespace,
      UnderWay underWay,
      String key,
      String path,
      String body,
      JSObject headers,
      ForwardedCall made);

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

  private static LunoraException unavailable(Throwable cause) {
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
