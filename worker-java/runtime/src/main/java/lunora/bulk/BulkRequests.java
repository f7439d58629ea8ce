package lunora.bulk;

/** The paths at which the Worker asks a shard for rows and gives it some. */
public final class BulkRequests {

  /** {@code {snapshot, tables}}: begins to read; {@code {position, epoch, tables}}. */
  public static final String SNAPSHOT_BEGIN = "/bulk/snapshot/begin";

  /**
   * {@code {snapshot, table, after}}: a line {@code {"rows","last","more"}} of {@link
   * #PAGE_HEAD_UNITS}, then one line {@code {"doc","table"}} for each row.
   */
  public static final String SNAPSHOT_PAGE = "/bulk/snapshot/page";

  /** {@code {snapshot}}: ends it. */
  public static final String SNAPSHOT_END = "/bulk/snapshot/end";

  /**
   * {@code {session, mode, tables, lines: [{line, row}]}}: {@code {inserted, conflicts, errors}}.
   * Without a session the rows are in place at once.
   */
  public static final String IMPORT_ROWS = "/bulk/import/rows";

  /** {@code {session}}: {@code {mode, tables}} as it was begun; empty for one that is not here. */
  public static final String IMPORT_TERMS = "/bulk/import/terms";

  /** {@code {session, mode, tables, to?}}: whether {@link #IMPORT_COMMIT} would refuse it. */
  public static final String IMPORT_CHECK = "/bulk/import/check";

  /** {@code {session, mode, tables, to?}}: puts all staged rows in place, or none. */
  public static final String IMPORT_COMMIT = "/bulk/import/commit";

  /** {@code {session}}: forgets them. */
  public static final String IMPORT_ABORT = "/bulk/import/abort";

  /** The length of a page's first line with its end, in UTF-16 units: it is filled with spaces. */
  public static final int PAGE_HEAD_UNITS = 96;

  /** The longest body: what a client may send, and what the Worker puts around each line. */
  public static final int BODY_BYTES_MAX = 16_777_216;

  /** How all of them begin. */
  public static final String PREFIX = "/bulk/";

  private BulkRequests() {}
}
