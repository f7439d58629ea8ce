package lunora.processor.model;

import java.util.List;
import java.util.Optional;

/** A document: a record with its table. */
public record DocumentModel(
    RecordModel record,
    String table,
    Tier tier,
    Optional<String> shardBy,
    Guard guard,
    List<IndexModel> indexes) {

  /** Where the table is. */
  public enum Tier {
    SHARD,
    GLOBAL
  }

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
