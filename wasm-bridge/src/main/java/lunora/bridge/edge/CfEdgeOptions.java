package lunora.bridge.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfWorkerHost;
import lunora.bridge.value.JsValueReader;
import lunora.bridge.value.JsValueWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.AdminGate;
import lunora.host.edge.BackupOptions;
import lunora.host.edge.CronTask;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.FanOutGate;
import lunora.host.edge.IdentitySource;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import lunora.host.edge.ShardDirectory;
import lunora.host.edge.ShardGate;
import lunora.host.edge.TokenOptions;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** The options object of {@code createWorker}. */
public final class CfEdgeOptions implements EdgeOptions {

  private final OptionObject options;
  private final @Nullable Responder host;

  /**
   * Wraps an options object.
   *
   * @param host the framework that answers what nothing else does, where it owns the Worker; it
   *     goes before an {@code httpRouter} of the options
   */
  CfEdgeOptions(OptionObject options, @Nullable Responder host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public @Nullable IdentitySource resolveIdentity() {
    JsHook hook = options.hook("resolveIdentity", "resolveIdentity");
    if (hook == null) {
      return null;
    }
    return (request, worker) -> JsValueReader.read(JsHandlers.called(hook, request, worker));
  }

  @Override
  public @Nullable TokenOptions jwt() {
    return JwtOption.read(options.object("jwt"));
  }

  @Override
  public @Nullable ShardGate authorizeShard() {
    JsHook hook = options.hook("authorizeShard", "authorizeShard");
    if (hook == null) {
      return null;
    }
    return (identity, shardKey) ->
        isTrue(hook.call(shardQuestion(JsValueWriter.write(identity), shardKey)));
  }

  @Override
  public @Nullable FanOutGate authorizeFanOut() {
    JsHook hook = options.hook("authorizeFanOut", "authorizeFanOut");
    if (hook == null) {
      return null;
    }
    return (identity, table, path) ->
        isTrue(
            hook.call(
                JsValueWriter.write(identity), JSString.valueOf(table), JSString.valueOf(path)));
  }

  @Override
  public boolean fanOut() {
    return options.value("queryCoordinator") != null;
  }

  @Override
  public @Nullable ShardDirectory shardDirectory() {
    OptionObject coordinator = options.object("queryCoordinator");
    JsHook hook = coordinator == null ? null : coordinator.hook("registry", "listShardKeys");
    if (hook == null) {
      return null;
    }
    return table -> texts(hook.call(JSString.valueOf(table)));
  }

  @Override
  public @Nullable Responder auth() {
    JSObject value = options.value("auth");
    if (value == null) {
      return null;
    }
    String method = JsHandlers.has(value, "handler") ? "handler" : "fetch";
    return JsHandlers.responder(JsHook.of(value, method, "options.auth"));
  }

  @Override
  public @Nullable String authPath() {
    return options.text("authBasePath");
  }

  @Override
  public Map<String, Route> routes() {
    Map<String, Route> routes = new LinkedHashMap<>();
    OptionObject given = options.object("routes");
    if (given != null) {
      for (String name : given.keys()) {
        JsHook hook = given.hook(name, "fetch");
        if (hook != null) {
          routes.put(name, JsHandlers.route(hook));
        }
      }
    }
    return routes;
  }

  @Override
  public @Nullable Responder httpRouter() {
    JsHook hook = options.hook("httpRouter", "fetch");
    return hook == null || host != null ? host : JsHandlers.responder(hook);
  }

  @Override
  public @Nullable SecuritySettings security() {
    OptionObject given = options.object("security");
    return given == null ? null : SecurityOptions.read(given);
  }

  @Override
  public @Nullable String adminToken() {
    return options.text("adminToken");
  }

  @Override
  public @Nullable AdminGate adminGate() {
    JsHook hook = options.hook("adminGate", "adminGate");
    if (hook == null) {
      return null;
    }
    return (request, worker) -> {
      CfWorkerHost cf = (CfWorkerHost) worker;
      return isTrue(hook.call(((CfHttpRequest) request).js(), cf.context(), cf.env()));
    };
  }

  @Override
  public @Nullable String defaultShardKey() {
    return options.text("defaultShardKey");
  }

  @Override
  public boolean openShards() {
    return options.flag("allowUnauthenticatedShardAccess", false);
  }

  @Override
  public @Nullable BackupOptions backup() {
    return BackupOption.read(options);
  }

  @Override
  public Map<String, List<CronTask>> crons() {
    Map<String, List<CronTask>> tasks = new LinkedHashMap<>();
    addCrons("crons", tasks);
    addCrons("cronJobs", tasks);
    return tasks;
  }

  private void addCrons(String option, Map<String, List<CronTask>> tasks) {
    OptionObject given = options.object(option);
    if (given == null) {
      return;
    }
    for (String expression : given.keys()) {
      JSArrayReader<JSObject> members = given.members(expression);
      for (int i = 0; i < members.getLength(); i++) {
        String what = "options." + option + "[\"" + expression + "\"]";
        tasks
            .computeIfAbsent(expression, key -> new ArrayList<>())
            .add(JsCron.of(members.get(i), option, i, what));
      }
    }
  }

  private static List<String> texts(@Nullable JSObject value) {
    List<String> texts = new ArrayList<>();
    if (JsValueReader.read(value) instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Str text) {
          texts.add(text.value());
        }
      }
      return texts;
    }
    throw new LunoraException(ErrorCode.MISCONFIGURED, "listShardKeys() answered no list");
  }

  @JSBody(params = "value", script = "return value === true;")
  private static native boolean isTrue(@Nullable JSObject value);

  @JSBody(
      params = {"identity", "shardKey"},
      script = "return { identity: identity, shardKey: shardKey };")
  private static native JSObject shardQuestion(@Nullable JSObject identity, String shardKey);
}
