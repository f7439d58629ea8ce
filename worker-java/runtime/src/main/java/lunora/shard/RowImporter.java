package lunora.shard;

import java.util.List;
import lunora.bulk.BulkRoutes;
import lunora.bulk.RowLine;
import lunora.bulk.Tally;
import lunora.host.local.ShardHost;
import lunora.schema.Schema;
import lunora.wire.Value;

/**
 * Imports lines as ordinary writes, in one transaction: the log has them and live queries hear of
 * them. Never suspends.
 */
final class RowImporter implements BulkRoutes.RowImport {

  private final ShardHost host;
  private final Schema schema;
  private final Calls calls;

  RowImporter(ShardHost host, Schema schema, Calls calls) {
    this.host = host;
    this.schema = schema;
    this.calls = calls;
  }

  @Override
  public Tally run(List<Value> lines) {
    return calls.write(
        "import",
        context -> {
          Transaction transaction = (Transaction) context;
          Tally tally = new Tally();
          for (Value line : lines) {
            tally.take(
                line,
                row -> {
                  RowLine<?> read = RowLine.read(row, schema, host);
                  if (transaction.restore(read)) {
                    tally.inserted(read.table().name());
                  } else {
                    tally.conflict();
                  }
                });
          }
          return tally;
        });
  }
}
