package lunora.api;

import java.util.Optional;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;

/** Reads one table of the shard. Never suspends. */
public interface TableReader<D> {

  /** The document with this id. */
  Optional<Doc<D>> get(Id<D> id);

  /** All rows, by creation time. */
  Select<D> all();

  /** Rows along an index. */
  IndexRange<D> index(Index<D> index);
}
