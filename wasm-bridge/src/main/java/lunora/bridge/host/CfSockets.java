package lunora.bridge.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.JsText;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * The WebSockets of a Durable Object, asked of the platform each time: it knows them across
 * hibernation and we do not.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/state/#getwebsockets">
 *     getWebSockets</a>
 */
public final class CfSockets implements Sockets {

  /** The platform's {@code readyState}. */
  private static final int OPEN = 1;

  private final JsDurableObjectState state;

  /** Whether a socket is open, as far as is known; the platform is asked otherwise. */
  private enum Known {
    NOTHING,
    SOME_OPEN,
    NONE_OPEN
  }

  private Known known = Known.NOTHING;

  public CfSockets(JsDurableObjectState state) {
    this.state = state;
  }

  /** Called when a socket was accepted. */
  public void opened() {
    known = Known.SOME_OPEN;
  }

  /** The socket of an event. */
  public CfSocket socket(JsWebSocket js) {
    return new CfSocket(js, this);
  }

  /** Called when a socket was closed, perhaps the last. */
  public void closed() {
    known = Known.NOTHING;
  }

  @Override
  public List<Socket> tagged(String tag) {
    return open(state.getWebSockets(tag));
  }

  @Override
  public List<Socket> all() {
    return open(state.getWebSockets());
  }

  @Override
  public boolean any() {
    if (known == Known.NOTHING) {
      known = anyOpen(state) ? Known.SOME_OPEN : Known.NONE_OPEN;
    }
    return known == Known.SOME_OPEN;
  }

  /** Only those that are open: the platform lists a socket until its other side has closed too. */
  private List<Socket> open(JSArrayReader<JsWebSocket> sockets) {
    List<Socket> list = new ArrayList<>(sockets.getLength());
    for (int i = 0; i < sockets.getLength(); i++) {
      if (sockets.get(i).getReadyState() == OPEN) {
        list.add(new CfSocket(sockets.get(i), this));
      }
    }
    return list;
  }

  @Override
  public boolean[] sendEach(List<Socket> sockets, List<JsonText> heads, JsonText tail) {
    JSObject targets = list();
    JSObject texts = list();
    for (int i = 0; i < sockets.size(); i++) {
      push(targets, ((CfSocket) sockets.get(i)).js());
      push(texts, JsText.toJs(heads.get(i)));
    }
    boolean[] taken = new boolean[sockets.size()];
    Arrays.fill(taken, true);
    JSArrayReader<Refused> refused = sendAll(targets, texts, JsText.toJs(tail));
    for (int i = 0; refused != null && i < refused.getLength(); i++) {
      taken[index(refused.get(i))] = false;
    }
    return taken;
  }

  @JSBody(
      params = "state",
      script = "return state.getWebSockets().some(function (s) { return s.readyState === 1; });")
  private static native boolean anyOpen(JsDurableObjectState state);

  /** The number of a socket that did not take its frame. */
  private interface Refused extends JSObject {}

  @JSBody(params = "number", script = "return number;")
  private static native int index(Refused number);

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, JSObject value);

  @JSBody(
      params = {"sockets", "heads", "tail"},
      script =
          "var refused = null;"
              + "for (var i = 0; i < sockets.length; i++) {"
              + "  var ok = sockets[i].readyState === 1;"
              + "  if (ok) try { sockets[i].send(heads[i] + tail); } catch (e) { ok = false; }"
              + "  if (!ok) { if (refused === null) refused = []; refused.push(i); } }"
              + "return refused;")
  private static native @Nullable JSArrayReader<Refused> sendAll(
      JSObject sockets, JSObject heads, JSString tail);
}
