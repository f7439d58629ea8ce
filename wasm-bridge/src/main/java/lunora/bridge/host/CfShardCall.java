package lunora.bridge.host;

import java.util.Map;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.JsErrors;
import lunora.bridge.value.Target;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardPost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * A call of a shard's method {@code lunoraCall}, and what this isolate knows of those it has made.
 * Nothing here suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/rpc/">RPC</a>
 */
final class CfShardCall {

  /**
   * How many calls this isolate has made of each shard, and the last of them that was answered: who
   * calls while others are under way says so. Not a count of those under way, which would never
   * come down again where a client's leaving took the answer away.
   */
  private static final UnderWay UNDER_WAY = underWay();

  private static @Nullable Map<String, String> lastHeaders;
  private static @Nullable JSObject lastJs;

  private CfShardCall() {}

  /** A promise of the answer's text; it rejects where the shard cannot be reached. */
  static JsPromise call(
      JsDurableObjectNamespace namespace, String key, String path, String body, JSObject headers) {
    return call(namespace, UNDER_WAY, key, path, body, headers);
  }

  /** A promise of what a call that was let pass is answered; it never rejects. */
  static JsPromise send(JsDurableObjectNamespace namespace, ForwardedCall call) {
    ShardPost post = call.post();
    return send(
        namespace,
        UNDER_WAY,
        post.shardKey(),
        post.path(),
        post.body(),
        lasting(post.headers()),
        done(call));
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

  private static JSObject done(ForwardedCall call) {
    if (Target.isJavaScript()) {
      return script(call);
    }
    return function((text, error) -> answered(call, text, error));
  }

  /** Called by {@link #script}. */
  private static JsResponse answered(
      ForwardedCall call, @Nullable JSString text, @Nullable JSObject error) {
    return CfHttpResponse.toJs(answer(call, text, error));
  }

  private static HttpResponse answer(
      ForwardedCall call, @Nullable JSString text, @Nullable JSObject error) {
    if (text == null) {
      return call.failed(CfShardNamespace.unavailable(JsErrors.toJava(error)));
    }
    HttpResponse.Json answer = CfAnswer.read(text);
    return call.answered(answer);
  }

  /** Gets a shard's answer, or what went wrong on the way. */
  @JSFunctor
  private interface Done extends JSObject {
    JsResponse call(@Nullable JSString text, @Nullable JSObject error);
  }

  @JSBody(params = "done", script = "return done;")
  private static native JSObject function(Done done);

  @JSBody(
      params = "call",
      script =
          "return function (text, error) {"
              + "  return javaMethods.get('lunora.bridge.host.CfShardCall.answered("
              + "Llunora/host/inbound/ForwardedCall;Lorg/teavm/jso/core/JSString;"
              + "Lorg/teavm/jso/JSObject;)Llunora/bridge/raw/JsResponse;')"
              + "    .invoke(call, text, error); };")
  private static native JSObject script(ForwardedCall call);

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
          "try { var stub = typeof namespace.getByName === 'function'"
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
      JSObject done);
}
