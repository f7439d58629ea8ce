package lunora.bridge.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bridge.host.CfActionHost;
import lunora.bridge.host.CfAlarm;
import lunora.bridge.host.CfAnswer;
import lunora.bridge.host.CfBackground;
import lunora.bridge.host.CfBindings;
import lunora.bridge.host.CfCall;
import lunora.bridge.host.CfClock;
import lunora.bridge.host.CfDeferred;
import lunora.bridge.host.CfFetcher;
import lunora.bridge.host.CfHttpRequest;
import lunora.bridge.host.CfHttpResponse;
import lunora.bridge.host.CfJsonTexts;
import lunora.bridge.host.CfLogSink;
import lunora.bridge.host.CfRandom;
import lunora.bridge.host.CfSockets;
import lunora.bridge.host.CfSqlStorage;
import lunora.bridge.host.CfTurn;
import lunora.bridge.raw.JsAlarmInvocation;
import lunora.bridge.raw.JsDurableObjectId;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsRequest;
import lunora.bridge.raw.JsResponse;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.error.ErrorCode;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** One Durable Object's events, as the shim calls them. */
public final class ShardEntry {

  private static final LogSink LOG = new CfLogSink();

  /** The class of the app's shards. */
  private static final String SHARDS = "ShardDO";

  private static final Map<String, ShardFactory> FACTORIES = new LinkedHashMap<>();

  private final ShardHandler handler;
  private final CfActionHost actionHost;
  private final CfSockets sockets;
  private final CfTurn turn = new CfTurn(ShardEntry::failedCall);

  private ShardEntry(ShardHandler handler, CfActionHost actionHost, CfSockets sockets) {
    this.handler = handler;
    this.actionHost = actionHost;
    this.sockets = sockets;
  }

  /** Registers how shards are made. Called once, from {@code main}. */
  public static void install(ShardFactory installed) {
    install(SHARDS, installed);
  }

  /** Registers how the objects of another class are made, such as {@code SchedulerDO}. */
  public static void install(String className, ShardFactory installed) {
    FACTORIES.put(className, installed);
  }

  /** The classes that the app has objects of. */
  static List<String> classNames() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Called by the constructor of the Durable Object, so on every start and every awakening. Throws
   * what the factory throws, after logging it: the platform then drops the object and retries.
   */
  @JSExport
  public static ShardEntry open(String className, JsDurableObjectState state, JsEnv env) {
    try {
      return opened(className, state, env);
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, className + " did not start", e);
      throw raise(JsErrors.toJs(e));
    }
  }

  private static ShardEntry opened(String className, JsDurableObjectState state, JsEnv env) {
    ShardFactory installed = FACTORIES.get(className);
    if (installed == null) {
      throw new IllegalStateException("main did not call ShardEntry.install for " + className);
    }
    answerPings(state);
    CfSockets sockets = new CfSockets(state);
    ShardHost host =
        new ShardHost(
            shardKey(state.getId()),
            new CfSqlStorage(state.getStorage()),
            new CfJsonTexts(),
            sockets,
            new CfClock(),
            new CfRandom(),
            new CfDeferred(state, LOG, CfDeferred.TIMER),
            new CfAlarm(state.getStorage()),
            LOG);
    CfBackground background = new CfBackground(state, LOG, new CfFetcher(), new CfBindings(env));
    ShardHandler handler = installed.open(host, background);
    return new ShardEntry(handler, new CfActionHost(state, env, sockets), sockets);
  }

  /** A promise of the response; it never rejects. */
  @JSExport
  public JsPromise fetch(JsRequest request) {
    return Js.async(() -> answer(request), ShardEntry::failed);
  }

  /**
   * A call by the Worker; its answer is a {@link CfAnswer}, or a promise of one where it may take
   * waiting. Throws only what the virtual machine does, which goes to {@link #broken}.
   *
   * @param amongOthers whether other calls are on their way, so that one that writes had better
   *     wait for them
   */
  @JSExport
  public JSObject call(String path, String body, JSObject headers, boolean amongOthers) {
    CfCall call = new CfCall(path, body, headers);
    PreparedCall prepared = handler.prepare(call, body);
    if (prepared == null) {
      return Js.async(() -> answered(call), ShardEntry::failedCall);
    }
    if (prepared.writes() && (amongOthers || !turn.isEmpty())) {
      return turn.add(prepared);
    }
    return CfAnswer.write(prepared.answer());
  }

  private JSObject answered(CfCall call) {
    return CfAnswer.write(handler.fetch(call, actionHost));
  }

  /** The answer to a call that broke off, such as by a stack overflow. */
  @JSExport
  public JSObject broken(JSObject error) {
    return failedCall(JsErrors.toJava(error));
  }

  private static JSObject failedCall(Throwable failure) {
    LOG.log(LogSink.Level.ERROR, "shard call failed", failure);
    return CfAnswer.write(WorkerEntry.failure(ErrorCode.RPC_FAILED, "internal error"));
  }

  private JsResponse answer(JsRequest request) {
    return CfHttpResponse.toJs(handler.fetch(new CfHttpRequest(request), actionHost));
  }

  private static JsResponse failed(Throwable failure) {
    LOG.log(LogSink.Level.ERROR, "shard request failed", failure);
    return CfHttpResponse.toJs(WorkerEntry.failure(ErrorCode.RPC_FAILED, "internal error"));
  }

  /**
   * A promise of nothing. It rejects with what the handler throws, so that the alarm comes again.
   */
  @JSExport
  public JsPromise alarm(JsAlarmInvocation invocation) {
    AlarmEvent event =
        new AlarmEvent(invocation.getRetryCount(), (long) invocation.getScheduledTime());
    return Js.async(() -> rung(event));
  }

  private @Nullable JSObject rung(AlarmEvent event) {
    try {
      handler.alarm(event, actionHost);
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "alarm failed, try " + event.retryCount(), e);
      throw e;
    }
    return null;
  }

  /** A frame arrived: text, or bytes that are read as UTF-8. Never throws. */
  @JSExport
  public void webSocketMessage(JsWebSocket socket, JSObject frame) {
    try {
      handler.socketMessage(sockets.socket(socket), text(frame, ShardHandler.FRAME_LENGTH_MAX));
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "socket message failed", e);
    }
  }

  /** The socket is gone, by a close or an error. Never throws. */
  @JSExport
  public void webSocketClosed(JsWebSocket socket) {
    sockets.closed();
    try {
      handler.socketClosed(sockets.socket(socket));
    } catch (Throwable e) {
      LOG.log(LogSink.Level.ERROR, "socket close failed", e);
    }
    // The platform still lists the socket during its close event: what was asked then is stale.
    sockets.closed();
  }

  private static String shardKey(JsDurableObjectId id) {
    String name = id.getName();
    return name != null ? name : hex(id);
  }

  @JSBody(params = "id", script = "return id.toString();")
  private static native String hex(JsDurableObjectId id);

  @JSBody(
      params = "state",
      script =
          "state.setWebSocketAutoResponse("
              + "new WebSocketRequestResponsePair('lunora-ping', 'lunora-pong'));")
  private static native void answerPings(JsDurableObjectState state);

  /** Bytes too many to be read stay as many units, so that they are refused as they should be. */
  @JSBody(
      params = {"frame", "bytesMax"},
      script =
          "return typeof frame === 'string' ? frame"
              + " : new TextDecoder(frame.byteLength > bytesMax ? 'latin1' : 'utf-8').decode(frame);")
  private static native String text(JSObject frame, int bytesMax);

  @JSBody(params = "error", script = "throw error;")
  private static native RuntimeException raise(@Nullable JSObject error);
}
