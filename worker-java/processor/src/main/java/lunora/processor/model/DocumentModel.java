package lunora.processor.model;

import java.util.List;
import java.util.Optional;

/** A document: a record with its table. */
public record DocumentModel(
    RecordModel record,
    String table,
    Optional<String> shardBy,
    Guard guard,
    List<IndexModel> indexes) {

  /** Whether rows need a policy. */
  public enum Guard {
    OPEN,
    RLS
  }

  /** The class with the table. */
  public ClassName generated() {
    return record.name().generated(ValueType.Holder.TABLE.suffix());
  }
}
