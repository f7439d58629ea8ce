package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;

/** Text whose length, in UTF-16 units, is within bounds. */
public final class TextCodec extends Codec<String> {

  final int lengthMin;
  final int lengthMax;

  TextCodec(int lengthMin, int lengthMax) {
    this.lengthMin = lengthMin;
    this.lengthMax = lengthMax;
  }

  /** The same with bounds on the length in UTF-16 units, both inclusive. */
  public TextCodec length(int min, int max) {
    return new TextCodec(min, max);
  }

  @Override
  public String read(Value value, FieldPath path) {
    if (!(value instanceof Value.Str text)) {
      throw Codecs.mismatch(path, this, value);
    }
    int length = text.value().length();
    if (length < lengthMin || length > lengthMax) {
      throw path.invalid(
          "length " + length + " is not within " + lengthMin + " to " + lengthMax + " characters");
    }
    return text.value();
  }

  @Override
  public void write(String value, JsonSink sink) {
    sink.string(value);
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(String value) {
    return TextKey.of(value);
  }

  @Override
  Value shape() {
    return Shape.bounded("string", lengthMin, lengthMax, 0, Integer.MAX_VALUE);
  }

  @Override
  public String describe() {
    return "string";
  }
}
