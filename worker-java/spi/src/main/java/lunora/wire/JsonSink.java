package lunora.wire;

/**
 * Builds one JSON text piece by piece. The caller brings the punctuation: {@link #raw} takes it
 * ready-made ({@code "{\"_id\":"}), so that a generated writer is a straight run of calls.
 *
 * <p>Workers implement it with native string concatenation and {@code JSON.stringify}; {@link
 * JsonWriter} is the Java twin. A sink is good for one text and is not used after {@link #finish}.
 */
public interface JsonSink {

  /** Appends JSON punctuation, literals or keys as they are. */
  JsonSink raw(String json);

  /** Splices a text that is already JSON, without reading it. */
  JsonSink json(JsonText text);

  /** Appends a quoted, escaped string, as {@code JSON.stringify} writes it. */
  JsonSink string(String value);

  /** Appends a finite number in ECMAScript format; negative zero is written {@code 0}. */
  JsonSink number(double value);

  /** The finished text. */
  JsonText finish();
}
