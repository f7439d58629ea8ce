package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;

/** A document on its way out. A client never sends one: it sends the fields or the id. */
final class DocCodec<D> extends Codec<Doc<D>> {

  final Table<D> table;

  DocCodec(Table<D> table) {
    this.table = table;
  }

  @Override
  public Doc<D> read(Value value, FieldPath path) {
    return table.docOf(value, path);
  }

  @Override
  public void write(Doc<D> value, JsonSink sink) {
    sink.json(value.json());
  }

  @Override
  public String describe() {
    return "document of " + table.name();
  }
}
