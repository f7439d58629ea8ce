package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.value.Js;

/**
 * What a Durable Object has: its identity, its storage and its sockets.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/state/">Durable Object
 *     state</a>
 */
public final class DurableObjectState {

  private final JsDurableObjectState js;
  private final DurableObjectStorage storage;
  private final HibernatingSockets sockets;

  /** Wraps the platform's object; one for each, as it knows whether a transaction runs. */
  public DurableObjectState(JsDurableObjectState js) {
    this.js = js;
    this.storage = new DurableObjectStorage(js.getStorage());
    this.sockets = new HibernatingSockets(js);
  }

  public DurableObjectId id() {
    return new DurableObjectId(js.getId());
  }

  public DurableObjectStorage storage() {
    return storage;
  }

  public HibernatingSockets sockets() {
    return sockets;
  }

  /** Starts the work and keeps the object alive for it. Does not suspend. */
  public void waitUntil(Work work) {
    js.waitUntil(Pending.promise(work));
  }

  /**
   * Starts the work; no other event is delivered before it ends. For the constructor above all,
   * which cannot wait for it. Work that throws, or takes more than 30 seconds, resets the object.
   * Does not suspend.
   */
  public Pending blockConcurrencyWhile(Work work) {
    return Js.call(() -> new Pending(js.blockConcurrencyWhile(() -> Pending.promise(work))));
  }

  /**
   * Stops the object at once: whatever runs in it fails with the reason, and the next request
   * starts it anew. Never returns: it throws, or the isolate ends the event.
   */
  public void abort(String reason) {
    Js.run(() -> js.abort(reason));
  }

  /** The platform's object. */
  public JsDurableObjectState raw() {
    return js;
  }
}
