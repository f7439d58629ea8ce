package lunora.bridge.workers;

import lunora.bridge.raw.JsDurableObjectNamespace;
import lunora.bridge.raw.JsEnv;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * The bindings, variables and secrets of the deployment. Nothing here suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public final class Env {

  private final JsEnv js;

  /** Wraps the platform's object. */
  public Env(JsEnv js) {
    this.js = js;
  }

  /** A variable that is text; null when there is none of that name. */
  public @Nullable String variable(String name) {
    JSString text = text(js, name);
    return text == null ? null : text.stringValue();
  }

  /** A variable that {@code wrangler.jsonc} gives as a JSON value, and any other, as JSON text. */
  public @Nullable JsonText jsonVariable(String name) {
    JSString text = json(js, name);
    return text == null ? null : new JsText(text);
  }

  /**
   * A secret. Not to be logged.
   *
   * @throws IllegalStateException when the deployment has none of that name
   */
  public String secret(String name) {
    String value = variable(name);
    if (value == null) {
      throw new IllegalStateException("no secret " + name + ": wrangler secret put " + name);
    }
    return value;
  }

  /**
   * The binding of a Durable Object class.
   *
   * @throws IllegalStateException when {@code wrangler.jsonc} has no such binding
   */
  public DurableObjects durableObjects(String name) {
    JsDurableObjectNamespace namespace = namespace(js, name);
    if (namespace == null) {
      throw new IllegalStateException("wrangler.jsonc binds no Durable Object class as " + name);
    }
    return new DurableObjects(namespace);
  }

  /** Whatever the deployment has under the name, for a product without a Java class. */
  public @Nullable JSObject raw(String name) {
    return any(js, name);
  }

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && typeof env[name] === 'string' ? env[name] : null;")
  private static native @Nullable JSString text(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "var text = known ? JSON.stringify(env[name]) : null;"
              + "return text === undefined ? null : text;")
  private static native @Nullable JSString json(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var value = Object.prototype.hasOwnProperty.call(env, name) ? env[name] : null;"
              + "return value && typeof value.idFromName === 'function' ? value : null;")
  private static native @Nullable JsDurableObjectNamespace namespace(JsEnv env, String name);

  @JSBody(
      params = {"env", "name"},
      script =
          "var known = Object.prototype.hasOwnProperty.call(env, name);"
              + "return known && env[name] !== undefined ? env[name] : null;")
  private static native @Nullable JSObject any(JsEnv env, String name);
}
