package lunora.bridge.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.JsText;
import lunora.host.local.OutboundLimit;
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
  private JsSender sender = sender(Double.POSITIVE_INFINITY, 0, "");

  /**
   * Sends one frame to one socket, or closes a socket for which too much waits already. {@code
   * bufferedAmount} moves with each send, and not only when the turn ends.
   */
  private interface JsSender extends JSObject {}

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
  public void limit(OutboundLimit limit) {
    sender = sender(limit.bytesMax(), limit.closeCode(), limit.closeReason());
  }

  boolean send(JsWebSocket socket, JSString text) {
    return send(sender, socket, text);
  }

  @Override
  public boolean[] sendEach(List<Socket> sockets, List<JsonText> heads, List<JsonText> tails) {
    JSObject targets = list();
    JSObject texts = list();
    JSObject ends = list();
    for (JsonText tail : tails) {
      push(ends, JsText.toJs(tail));
    }
    for (int i = 0; i < sockets.size(); i++) {
      push(targets, ((CfSocket) sockets.get(i)).js());
      push(texts, JsText.toJs(heads.get(i)));
    }
    boolean[] taken = new boolean[sockets.size()];
    Arrays.fill(taken, true);
    JSArrayReader<Refused> refused = sendAll(sender, targets, texts, ends);
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

  /**
   * What this turn has sent does not count, within reason: nothing leaves before the turn ends, and
   * the queue of a client that reads is empty when the next begins. A frame longer than the limit
   * is remembered at its socket and does not count while it waits.
   *
   * <p>The platform is asked as little as can be, since a question costs more than to send. How
   * much waits is asked when it might be more than the limit: what waited when it was last asked,
   * and at most three bytes for each character since, with a frame's head. Whether a socket is open
   * is asked once a second for each; in between, sending to one whose client is gone does nothing
   * or throws.
   */
  @JSBody(
      params = {"max", "code", "reason"},
      script =
          "var turn = 0, now = 0, counted = false;"
              + "return function (ws, text) {"
              + "  if (!counted) {"
              + "    counted = true; turn++; now = Date.now();"
              + "    queueMicrotask(function () { counted = false; }); }"
              + "  if (!(Math.abs(now - ws.lunoraOpenAt) < 1000)) {"
              + "    if (ws.readyState !== 1) return false;"
              + "    ws.lunoraOpenAt = now; }"
              + "  var isLong = text.length > max, most = ws.lunoraMost;"
              + "  if (isLong || !(most <= max)) most = ws.bufferedAmount;"
              + "  if (ws.lunoraTurn !== turn) {"
              + "    ws.lunoraTurn = turn; ws.lunoraWaited = most;"
              + "    ws.lunoraLong = most > max ? ws.lunoraLong || 0 : 0; }"
              + "  if (ws.lunoraWaited > max + ws.lunoraLong"
              + "      || most > 8 * max + ws.lunoraLong) {"
              + "    ws.close(code, reason); return false; }"
              + "  try { ws.send(text); } catch (e) { return false; }"
              + "  if (isLong)"
              + "    ws.lunoraLong = Math.max(ws.lunoraLong, ws.bufferedAmount - most);"
              + "  ws.lunoraMost = most + 3 * text.length + 16;"
              + "  return true; };")
  private static native JsSender sender(double max, int code, String reason);

  @JSBody(
      params = {"sender", "socket", "text"},
      script = "return sender(socket, text);")
  private static native boolean send(JsSender sender, JsWebSocket socket, JSString text);

  /** Neighbours with the same head get the same strings, put together and flattened once. */
  @JSBody(
      params = {"sender", "sockets", "heads", "tails"},
      script =
          "var refused = null, count = tails.length, last = null, frames = null;"
              + "for (var i = 0; i < sockets.length; i++) {"
              + "  var socket = sockets[i], head = heads[i], sent = 0;"
              + "  if (head !== last) {"
              + "    last = head;"
              + "    frames = tails.map(function (tail) { return head + tail; }); }"
              + "  while (sent < count && sender(socket, frames[sent])) sent++;"
              + "  if (sent < count) {"
              + "    if (refused === null) refused = []; refused.push(i); } }"
              + "return refused;")
  private static native @Nullable JSArrayReader<Refused> sendAll(
      JsSender sender, JSObject sockets, JSObject heads, JSObject tails);
}
