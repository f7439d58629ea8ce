package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A promise. Waited for with {@code Js.await}, never with {@code JSPromise}.
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise">MDN</a>
 */
public interface JsPromise extends JSObject {}
