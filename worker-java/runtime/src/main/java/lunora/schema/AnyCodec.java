package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireCodec;

final class AnyCodec extends Codec<Value> {

  @Override
  public Value read(Value value, FieldPath path) {
    return value;
  }

  @Override
  public Value absent(FieldPath path) {
    return Value.Undefined.INSTANCE;
  }

  @Override
  public boolean leftOut(Value value) {
    return value instanceof Value.Undefined;
  }

  @Override
  public void write(Value value, JsonSink sink) {
    WireCodec.write(value, sink);
  }

  @Override
  public String describe() {
    return "any value";
  }
}
