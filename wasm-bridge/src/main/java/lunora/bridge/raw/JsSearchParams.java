package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * The query of a URL, decoded; a name may occur more than once.
 *
 * @see <a href="https://developer.mozilla.org/en-US/docs/Web/API/URLSearchParams">MDN</a>
 */
public interface JsSearchParams extends JSObject {

  @Nullable String get(String name);

  JSArrayReader<JSString> getAll(String name);

  void set(String name, String value);

  void append(String name, String value);

  void delete(String name);
}
