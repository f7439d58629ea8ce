package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The bindings, variables and secrets of a deployment, by name.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Cloudflare
 *     documentation</a>
 */
public interface JsEnv extends JSObject {}
