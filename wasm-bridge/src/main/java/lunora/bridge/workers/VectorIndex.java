package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsVectorize;
import lunora.bridge.value.Js;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * A Vectorize index. Every method suspends. What is written can be found after some seconds.
 *
 * @see <a href="https://developers.cloudflare.com/vectorize/reference/client-api/">Vectorize</a>
 */
public final class VectorIndex {

  /**
   * A vector.
   *
   * @param metadata a JSON object; null for none
   */
  public record Vector(String id, float[] values, @Nullable JsonText metadata) {}

  /**
   * A vector that was found.
   *
   * @param score by the metric of the index
   * @param metadata a JSON object; null for none
   */
  public record Match(String id, double score, @Nullable JsonText metadata) {}

  private final JsVectorize js;

  VectorIndex(JsVectorize js) {
    this.js = js;
  }

  /** Adds vectors, at most 1,000, except those whose ids are taken. The id of the change. */
  public String insert(List<Vector> vectors) {
    JSObject list = converted(vectors);
    return mutation(Js.await(() -> js.insert(list)));
  }

  /** Adds vectors, at most 1,000, in place of those with their ids. The id of the change. */
  public String upsert(List<Vector> vectors) {
    JSObject list = converted(vectors);
    return mutation(Js.await(() -> js.upsert(list)));
  }

  /**
   * The nearest vectors, nearest first.
   *
   * @param topK at most 100, with metadata at most 50
   * @param filter a JSON object over indexed metadata; null for none
   */
  public List<Match> query(float[] vector, int topK, @Nullable JsonText filter) {
    JsOptions options = new JsOptions().number("topK", topK).with("returnMetadata", "all");
    if (filter != null) {
      options.value("filter", JsonValues.parsed(filter));
    }
    JSObject asked = options.js();
    JSObject values = numbers(vector);
    JSArrayReader<JSObject> matches = matches(Js.await(() -> js.query(values, asked)));
    List<Match> list = new ArrayList<>(matches.getLength());
    for (int i = 0; i < matches.getLength(); i++) {
      JSObject match = matches.get(i);
      list.add(new Match(id(match).stringValue(), score(match), metadata(match)));
    }
    return list;
  }

  /** Those of the vectors that are there. */
  public List<Vector> get(List<String> ids) {
    JSArrayReader<JSObject> found = array(Js.await(() -> js.getByIds(JsOptions.strings(ids))));
    List<Vector> list = new ArrayList<>(found.getLength());
    for (int i = 0; i < found.getLength(); i++) {
      JSObject vector = found.get(i);
      list.add(new Vector(id(vector).stringValue(), values(vector), metadata(vector)));
    }
    return list;
  }

  /** Takes vectors away. The id of the change. */
  public String delete(List<String> ids) {
    return mutation(Js.await(() -> js.deleteByIds(JsOptions.strings(ids))));
  }

  /** Dimensions, count and the like, as a JSON object. */
  public @Nullable JsonText describe() {
    return JsonValues.text(Js.await(() -> js.describe()));
  }

  private static JSObject converted(List<Vector> vectors) {
    JSObject list = list();
    for (Vector vector : vectors) {
      JsOptions object = new JsOptions().with("id", vector.id);
      object.value("values", numbers(vector.values));
      if (vector.metadata != null) {
        object.value("metadata", JsonValues.parsed(vector.metadata));
      }
      push(list, object.js());
    }
    return list;
  }

  private static JSObject numbers(float[] values) {
    JSObject list = list();
    for (float value : values) {
      push(list, value);
    }
    return list;
  }

  private static float[] values(JSObject vector) {
    float[] values = new float[length(vector)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) valueAt(vector, i);
    }
    return values;
  }

  private static @Nullable JsonText metadata(JSObject holder) {
    return JsonValues.text(member(holder));
  }

  private static String mutation(@Nullable JSObject change) {
    return mutationId(change).stringValue();
  }

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, JSObject value);

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, double value);

  @JSBody(params = "change", script = "return String(change.mutationId);")
  private static native JSString mutationId(@Nullable JSObject change);

  @JSBody(params = "found", script = "return found.matches;")
  private static native JSArrayReader<JSObject> matches(@Nullable JSObject found);

  @JSBody(params = "value", script = "return value;")
  private static native JSArrayReader<JSObject> array(@Nullable JSObject value);

  @JSBody(params = "vector", script = "return vector.id;")
  private static native JSString id(JSObject vector);

  @JSBody(params = "match", script = "return match.score;")
  private static native double score(JSObject match);

  @JSBody(params = "holder", script = "return holder.metadata || undefined;")
  private static native @Nullable JSObject member(JSObject holder);

  @JSBody(params = "vector", script = "return vector.values.length;")
  private static native int length(JSObject vector);

  @JSBody(
      params = {"vector", "index"},
      script = "return vector.values[index];")
  private static native double valueAt(JSObject vector, int index);
}
