package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsD1Result;
import lunora.bridge.raw.JsD1Session;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/** What a D1 database and a session of one have in common. */
public abstract sealed class D1Queries permits D1Database, D1Session {

  private final JsD1Session js;

  D1Queries(JsD1Session js) {
    this.js = js;
  }

  /** A statement, which is sent when it is run. Does not suspend. */
  public D1Statement prepare(String statement) {
    return Js.call(() -> new D1Statement(js.prepare(statement)));
  }

  /**
   * Runs the statements in one round trip and one transaction. Suspends.
   *
   * @return their results, in order
   * @throws SqlException when one of them is refused: then none was done
   */
  public List<D1Result> batch(List<D1Statement> statements) {
    JSObject list = list();
    for (D1Statement statement : statements) {
      push(list, statement.js());
    }
    try {
      return results(array(Js.await(() -> js.batch(list))));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  private static List<D1Result> results(JSArrayReader<JsD1Result> array) {
    List<D1Result> results = new ArrayList<>(array.getLength());
    for (int i = 0; i < array.getLength(); i++) {
      results.add(new D1Result(array.get(i)));
    }
    return results;
  }

  @JSBody(params = "value", script = "return value;")
  private static native JSArrayReader<JsD1Result> array(@Nullable JSObject value);

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, JSObject value);
}
