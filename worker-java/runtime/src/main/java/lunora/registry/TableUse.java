package lunora.registry;

/** What a shard remembers of one sharded table while it is awake. */
final class TableUse {

  /** The rows are to be counted. */
  static final long UNKNOWN = -1;

  final String table;

  /** Whether an earlier life of the shard was asked what it left. */
  boolean known;

  /** Whether a report waits in the outbox. */
  boolean asked;

  /** When the last report was made; 0 for never. */
  long toldMs;

  long rows = UNKNOWN;

  /** What the transaction at hand added, less what it took away. */
  private long change;

  private boolean askedHere;

  TableUse(String table) {
    this.table = table;
  }

  void changed(long by) {
    change += by;
  }

  /** The transaction at hand put a report into the outbox. */
  void askedHere() {
    asked = true;
    askedHere = true;
  }

  void committed() {
    if (rows != UNKNOWN) {
      rows += change;
    }
    change = 0;
    askedHere = false;
  }

  void rolledBack() {
    if (askedHere) {
      asked = false;
    }
    change = 0;
    askedHere = false;
  }
}
