package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A client of one Durable Object. After a failed call a new one is needed.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/stub/">Cloudflare
 *     documentation</a>
 */
public interface JsDurableObjectStub extends JSObject {

  /** A promise of a {@link JsResponse}. */
  JsPromise fetch(JSObject request);

  /** A promise of a {@link JsResponse}. */
  JsPromise fetch(String url, JSObject init);

  @JSProperty
  JsDurableObjectId getId();

  /** The name, for an object that was addressed by one. */
  @JSProperty
  @Nullable String getName();
}
