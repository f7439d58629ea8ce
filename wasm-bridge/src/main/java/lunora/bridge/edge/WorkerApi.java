package lunora.bridge.edge;

import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.JsValueReader;
import lunora.bridge.value.JsValueWriter;
import lunora.bridge.value.LunoraErrors;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.EdgeApp;
import lunora.host.inbound.InternalHeaders;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/**
 * The functions of {@code @lunora-java/worker}, as its shim calls them. They throw a {@code
 * LunoraError} for what they are given and cannot use.
 */
public final class WorkerApi {

  private static @Nullable EdgeApp app;

  private WorkerApi() {}

  /** Registers the app. Called once, from {@code main}. */
  public static void install(EdgeApp installed) {
    app = installed;
  }

  private static EdgeApp app() {
    EdgeApp installed = app;
    if (installed == null) {
      throw new IllegalStateException("main did not call WorkerEntry.install");
    }
    return installed;
  }

  /** Registers how a {@code LunoraError} is made. Called once, by the shim. */
  @JSExport
  public static void errors(LunoraErrors.Maker maker) {
    LunoraErrors.install(maker);
  }

  /** The status that a code has in the catalogue; 500 for an app's own. */
  @JSExport
  public static int statusOf(String code) {
    return ErrorCode.find(code).map(ErrorCode::status).orElse(500);
  }

  /** {@code {fetch, scheduled, serverQuery}} for an options object. */
  @JSExport
  public static JSObject createWorker(@Nullable JSObject options) {
    return guarded(() -> worker(given(options, "createWorker"), null, true).js());
  }

  /** The same around a framework's handler, for an options object or a function of env. */
  @JSExport
  public static JSObject withFrameworkWorker(@Nullable JSObject host, @Nullable JSObject options) {
    return guarded(
        () ->
            worker(given(options, "withFrameworkWorker"), given(host, "withFrameworkWorker"), true)
                .js());
  }

  /** {@code (request, env, context?) => Promise<Response>}; the options may be left out. */
  @JSExport
  public static JSObject createLunoraHandler(@Nullable JSObject options) {
    return guarded(() -> worker(orEmpty(options), null, false).fetchFunction());
  }

  private static WorkerObject worker(
      JSObject options, @Nullable JSObject host, boolean shardRequired) {
    EdgeApp installed = app();
    WorkerSource source = new WorkerSource(options, host, shardRequired);
    return new WorkerObject(installed, source.checked(installed));
  }

  /** The options for an environment: a function called, {@code shardDO} filled in. */
  @JSExport
  public static JSObject resolveLunoraOptions(@Nullable JSObject options, JsEnv env) {
    return guarded(
        () -> {
          JSObject resolved = resolved(orEmpty(options), env);
          if (new OptionObject(resolved, "options").value("shardDO") == null) {
            throw new LunoraException(
                ErrorCode.MISCONFIGURED, "there is neither a shardDO nor a binding SHARD");
          }
          return resolved;
        });
  }

  /** A checked {@code {functionPath, args, shardKey?, fanOut?}}. */
  @JSExport
  public static JSObject defineRpcEnvelope(@Nullable JSObject call) {
    return guarded(() -> object(JsValueWriter.write(app().envelope(JsValueReader.read(call)))));
  }

  /** {@code {fetch}} of a shard, without what a client could forge in a request passed on. */
  @JSExport
  public static JSObject resolveShard(JsDurableObjectNamespace namespace, String shardKey) {
    return guarded(() -> shard(namespace, shardKey, String.join(" ", InternalHeaders.OF_CLIENTS)));
  }

  /** The answer that a client gets for a throw. */
  @JSExport
  public static JsResponse toErrorResponse(@Nullable JSObject thrown) {
    return CfHttpResponse.toJs(app().errorResponse(LunoraErrors.toJava(thrown)));
  }

  /** Something that needs no fiber. */
  private interface Step {
    JSObject run();
  }

  private static JSObject guarded(Step step) {
    try {
      return step.run();
    } catch (RuntimeException e) {
      throw raise(LunoraErrors.toJs(e));
    }
  }

  private static JSObject given(@Nullable JSObject value, String function) {
    if (value == null || !isUsable(value)) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, function + " was called without options");
    }
    return value;
  }

  @JSBody(params = "value", script = "return value !== undefined && value !== null;")
  private static native boolean isUsable(JSObject value);

  @JSBody(params = "value", script = "return value || {};")
  private static native JSObject orEmpty(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JSObject object(@Nullable JSObject value);

  @JSBody(
      params = {"options", "env"},
      script =
          "var own = typeof options === 'function' ? options(env) : options;"
              + "var all = Object.assign({}, own);"
              + "if (!all.shardDO && env && env.SHARD) all.shardDO = env.SHARD;"
              + "return all;")
  private static native JSObject resolved(JSObject options, JsEnv env);

  @JSBody(
      params = {"namespace", "key", "kept"},
      script =
          "var stub = typeof namespace.getByName === 'function'"
              + "  ? namespace.getByName(key) : namespace.get(namespace.idFromName(key));"
              + "var known = kept.split(' ');"
              + "function internal(name) {"
              + "  name = name.toLowerCase();"
              + "  return name.indexOf('x-lunora-') === 0 && known.indexOf(name) < 0; }"
              + "function clean(input, init) {"
              + "  if (init && init.headers) {"
              + "    var headers = new Headers(init.headers);"
              + "    Array.from(headers.keys()).filter(internal).forEach("
              + "      function (name) { headers.delete(name); });"
              + "    return [input, Object.assign({}, init, { headers: headers })]; }"
              + "  var forged = input && input.headers && input.headers.keys"
              + "    ? Array.from(input.headers.keys()).filter(internal) : [];"
              + "  if (!forged.length) return init ? [input, init] : [input];"
              + "  var copy = new Request(input);"
              + "  forged.forEach(function (name) { copy.headers.delete(name); });"
              + "  return init ? [copy, init] : [copy]; }"
              + "return { fetch: function (input, init) {"
              + "  return stub.fetch.apply(stub, clean(input, init)); } };")
  private static native JSObject shard(JsDurableObjectNamespace namespace, String key, String kept);

  @JSBody(params = "error", script = "throw error;")
  private static native RuntimeException raise(@Nullable JSObject error);
}
