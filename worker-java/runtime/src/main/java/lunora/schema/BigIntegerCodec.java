package lunora.schema;

import java.math.BigInteger;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireCodec;

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
    String digits = value.toString();
    if (digits.length() - (value.signum() < 0 ? 1 : 0) > WireCodec.BIGINT_DIGITS_MAX) {
      // Nobody could read it back, from a row or from an answer.
      throw new LunoraException(
          ErrorCode.VALIDATION_ERROR,
          "a bigint has at most " + WireCodec.BIGINT_DIGITS_MAX + " digits");
    }
    writeTagged(digits, sink);
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
