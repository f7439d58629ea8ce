package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.value.Js;
import org.teavm.jso.JSObject;

/**
 * The objects of one Durable Object class. Nothing here suspends: an object starts with the first
 * request to its stub.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/namespace/">Durable Object
 *     namespace</a>
 */
public final class DurableObjects {

  private final JsDurableObjectNamespace js;

  DurableObjects(JsDurableObjectNamespace js) {
    this.js = js;
  }

  /** The id of the one object of that name. */
  public DurableObjectId idFromName(String name) {
    return new DurableObjectId(js.idFromName(name));
  }

  /**
   * Reads the 64 digits of an id.
   *
   * @throws lunora.bridge.value.JsException when they are not an id of this class
   */
  public DurableObjectId idFromString(String hex) {
    return Js.call(() -> new DurableObjectId(js.idFromString(hex)));
  }

  /** A new id that no other object has. Only who stores it can find the object again. */
  public DurableObjectId newUniqueId() {
    return new DurableObjectId(js.newUniqueId());
  }

  /**
   * The same, bound to a jurisdiction.
   *
   * @throws lunora.bridge.value.JsException on local workerd, which has none
   */
  public DurableObjectId newUniqueId(Jurisdiction jurisdiction) {
    JSObject options = new JsOptions().with("jurisdiction", jurisdiction.code()).js();
    return Js.call(() -> new DurableObjectId(js.newUniqueId(options)));
  }

  /**
   * The same class with names and ids of that jurisdiction only.
   *
   * @throws lunora.bridge.value.JsException on local workerd, which has none
   */
  public DurableObjects jurisdiction(Jurisdiction jurisdiction) {
    return Js.call(() -> new DurableObjects(js.jurisdiction(jurisdiction.code())));
  }

  /** A client of the object. */
  public DurableObjectStub get(DurableObjectId id) {
    return Js.call(() -> new DurableObjectStub(js.get(id.raw())));
  }

  /** The same, saying where to start an object that never ran. */
  public DurableObjectStub get(DurableObjectId id, LocationHint hint) {
    return Js.call(() -> new DurableObjectStub(js.get(id.raw(), options(hint))));
  }

  /** A client of the one object of that name. */
  public DurableObjectStub getByName(String name) {
    return new DurableObjectStub(js.getByName(name));
  }

  /** The same, saying where to start an object that never ran. */
  public DurableObjectStub getByName(String name, LocationHint hint) {
    return Js.call(() -> new DurableObjectStub(js.getByName(name, options(hint))));
  }

  private static JSObject options(LocationHint hint) {
    return new JsOptions().with("locationHint", hint.code()).js();
  }

  /** The platform's object. */
  public JsDurableObjectNamespace raw() {
    return js;
  }
}
