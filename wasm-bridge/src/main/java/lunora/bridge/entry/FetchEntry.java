package lunora.bridge.entry;

import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsExecutionContext;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.FetchHandler;
import lunora.bridge.workers.WorkersRequest;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** The events of a Worker without the engine, as its shim calls them. */
public final class FetchEntry {

  private static @Nullable FetchHandler handler;

  private FetchEntry() {}

  /** Registers the app. Called once, from {@code main}. */
  public static void install(FetchHandler installed) {
    JsErrors.recordWholeStacks();
    handler = installed;
  }

  /** A promise of the response; it rejects with what the handler throws. */
  @JSExport
  public static JsPromise fetch(JsRequest request, JsEnv env, JsExecutionContext context) {
    FetchHandler installed = handler;
    if (installed == null) {
      throw new IllegalStateException("main did not call FetchEntry.install");
    }
    return Js.async(
        () ->
            installed
                .fetch(new WorkersRequest(request), new Env(env), new ExecutionContext(context))
                .raw());
  }
}
