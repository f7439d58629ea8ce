package lunora.schema;

/**
 * Data that would be lost, or could not be read any more, if rows of one schema met another.
 *
 * @param table whose rows
 * @param accept in which words an app accepts it; empty for what it cannot
 * @param what what happens to which field
 * @param write what to write instead
 */
public record Loss(String table, String accept, String what, String write) {

  /** How the words begin by which an app accepts that an index becomes unique. */
  public static final String UNIQUE = "unique ";

  /** Whether rows that are there decide: only two with the same values are in the way. */
  public boolean dependsOnRows() {
    return accept.startsWith(UNIQUE);
  }

  @Override
  public String toString() {
    return what + ": " + write;
  }
}
