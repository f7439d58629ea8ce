package lunora.schema;

/**
 * The identifier of a document of {@code D}: an opaque string on the wire. It names a row within
 * one shard and table and never changes.
 */
public record Id<D>(String value) {

  @Override
  public String toString() {
    return value;
  }
}
