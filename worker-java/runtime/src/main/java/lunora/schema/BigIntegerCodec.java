package lunora.schema;

import java.math.BigInteger;
import lunora.wire.JsonSink;
import lunora.wire.Value;

final class BigIntegerCodec extends Codec<BigInteger> {

  @Override
  public BigInteger read(Value value, FieldPath path) {
    if (value instanceof Value.BigInt big) {
      return big.value();
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(BigInteger value, JsonSink sink) {
    writeTagged(value.toString(), sink);
  }

  static void writeTagged(String digits, JsonSink sink) {
    sink.raw("[\"$lunora.wire$\",\"bigint\",\"").raw(digits).raw("\"]");
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(BigInteger value) {
    return BigIntegerKey.of(value);
  }

  @Override
  public String describe() {
    return "bigint";
  }
}
