package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The binding of one Durable Object class.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/namespace/">Cloudflare
 *     documentation</a>
 */
public interface JsDurableObjectNamespace extends JSObject {

  JsDurableObjectId idFromName(String name);

  JsDurableObjectStub get(JsDurableObjectId id);

  /** Newer runtimes only. */
  JsDurableObjectStub getByName(String name);

  JsDurableObjectId idFromString(String hex);

  JsDurableObjectId newUniqueId();

  JsDurableObjectId newUniqueId(JSObject options);

  JsDurableObjectStub get(JsDurableObjectId id, JSObject options);

  JsDurableObjectStub getByName(String name, JSObject options);

  /** The same class, with ids of that jurisdiction only. */
  JsDurableObjectNamespace jurisdiction(String jurisdiction);
}
