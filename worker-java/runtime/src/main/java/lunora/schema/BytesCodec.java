package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireCodec;

final class BytesCodec extends Codec<byte[]> {

  @Override
  public byte[] read(Value value, FieldPath path) {
    if (value instanceof Value.Bytes bytes) {
      return bytes.bytes();
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(byte[] value, JsonSink sink) {
    WireCodec.write(new Value.Bytes(value, null), sink);
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(byte[] value) {
    return value;
  }

  @Override
  public String describe() {
    return "bytes";
  }
}
