package lunora.query;

/** One reading by id, whether or not there was such a row. */
public record IdRead(String table, String id) {

  /** Stands for every row: what is known of a reading of a global table. */
  private static final String ANY_ROW = "*";

  /** The reading of a global table, of whatever rows. */
  public static IdRead wholeTable(String table) {
    return new IdRead(table, ANY_ROW);
  }
}
