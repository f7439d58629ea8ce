package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectStub;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSString;

/**
 * A client of one Durable Object. After a call that threw it stays broken: take a new one.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/stub/">Durable Object
 *     stub</a>
 */
public final class DurableObjectStub {

  private final JsDurableObjectStub js;

  DurableObjectStub(JsDurableObjectStub js) {
    this.js = js;
  }

  public DurableObjectId id() {
    return new DurableObjectId(js.getId());
  }

  /** The name it was addressed by; null when by an id without one. */
  public @Nullable String name() {
    JSString name = name(js);
    return name == null ? null : name.stringValue();
  }

  /**
   * Sends the request to the object; host and scheme of its URL mean nothing. Suspends.
   *
   * @throws lunora.bridge.value.JsException with what the object threw, or that it was reset
   */
  public WorkersResponse fetch(WorkersRequest request) {
    return Awaited.response(() -> js.fetch(request.raw()));
  }

  /** The platform's object. */
  public JsDurableObjectStub raw() {
    return js;
  }

  @JSBody(params = "stub", script = "return typeof stub.name === 'string' ? stub.name : null;")
  private static native @Nullable JSString name(JsDurableObjectStub stub);
}
