package lunora.wire;

import java.util.List;
import java.util.Map;
import lunora.wire.Value.Arr;
import lunora.wire.Value.Bool;
import lunora.wire.Value.Null;
import lunora.wire.Value.Num;
import lunora.wire.Value.Obj;
import lunora.wire.Value.Str;

/**
 * JSON text to a {@link Value} and back, as {@code JSON.parse} and {@code JSON.stringify} do it.
 *
 * <p>Only the six JSON kinds occur on either side; tagged arrays are ordinary arrays here. {@link
 * WireCodec} gives them their meaning.
 */
public final class Json {

  /**
   * How deep arrays and objects may nest in a text; the outermost is level 1. A decoded level takes
   * at most three JSON levels (a map: tag, entry list, entry), so that everything within {@link
   * WireCodec#DEPTH_MAX} fits with its envelope. Far below where TeaVM's stack ends (2,000 frames).
   */
  public static final int DEPTH_MAX = 256;

  private Json() {}

  /**
   * Reads one JSON text, by RFC 8259 to the letter: no byte order mark, comments or trailing
   * commas. Of equal keys the last value wins at the first one's position; numbers beyond the
   * doubles become infinite; lone surrogates are kept.
   *
   * @throws WireFormatException SYNTAX with the offset, or DEPTH beyond {@link #DEPTH_MAX}
   */
  public static Value read(String text) {
    return JsonReader.read(text);
  }

  /**
   * Writes a tree of JSON kinds without white space, keys in their order.
   *
   * @throws WireFormatException VALUE for any other kind, NaN and the infinities
   */
  public static void write(Value json, JsonSink sink) {
    if (json instanceof Str s) {
      sink.string(s.value());
    } else if (json instanceof Num n) {
      writeNumber(n.value(), sink);
    } else if (json instanceof Obj o) {
      writeObject(o.fields(), sink);
    } else if (json instanceof Arr a) {
      writeArray(a.items(), sink);
    } else if (json instanceof Bool b) {
      sink.raw(b.value() ? "true" : "false");
    } else if (json instanceof Null) {
      sink.raw("null");
    } else {
      throw WireFormatException.value("not a JSON value: encode it first");
    }
  }

  private static void writeNumber(double value, JsonSink sink) {
    if (!Double.isFinite(value)) {
      throw WireFormatException.value("JSON has no NaN or infinity: encode it first");
    }
    sink.number(value);
  }

  private static void writeArray(List<Value> items, JsonSink sink) {
    String before = "[";
    for (Value item : items) {
      sink.raw(before);
      write(item, sink);
      before = ",";
    }
    sink.raw(items.isEmpty() ? "[]" : "]");
  }

  private static void writeObject(Map<String, Value> fields, JsonSink sink) {
    String before = "{";
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      sink.raw(before).string(field.getKey()).raw(":");
      write(field.getValue(), sink);
      before = ",";
    }
    sink.raw(fields.isEmpty() ? "{}" : "}");
  }
}
