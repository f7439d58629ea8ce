package lunora.api;

import java.util.Optional;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;

/** Reads one global table. */
public interface GlobalReader<D> {

  /** The document with this id. May suspend. */
  Optional<Doc<D>> get(Id<D> id);

  /** All rows, by creation time. */
  GlobalSelect<D> all();

  /** Rows along an index. */
  GlobalSelect<D> index(Index<D> index);
}
