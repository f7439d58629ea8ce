package lunora.operator;

import java.util.Set;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** One operation that one socket watches under an id. */
final class Watch {

  private final String connectionId;
  private final String id;
  private final String operation;
  private final Value.Obj args;
  private boolean seeded;
  private @Nullable JsonText last;

  Watch(String connectionId, String id, String operation, Value.Obj args) {
    this.connectionId = connectionId;
    this.id = id;
    this.operation = operation;
    this.args = args;
  }

  /** One that outlived a hibernation; what its socket was sent last is not known. */
  static Watch restored(String connectionId, String id, String operation, Value.Obj args) {
    Watch watch = new Watch(connectionId, id, operation, args);
    watch.seeded = true;
    return watch;
  }

  String connectionId() {
    return connectionId;
  }

  String id() {
    return id;
  }

  String operation() {
    return operation;
  }

  Value.Obj args() {
    return args;
  }

  /** The table that it is about, null for none or for any. */
  @Nullable String table() {
    return args.fields().get("table") instanceof Value.Str table ? table.value() : null;
  }

  /** Whether it has its first result, and a write to one of these tables may give it another. */
  boolean concerns(Set<String> written) {
    String table = table();
    return seeded && (table == null || written.contains(table));
  }

  /** What its socket has now; null when a frame was lost. */
  void sent(@Nullable JsonText result) {
    seeded = true;
    last = result;
  }

  boolean has(JsonText result) {
    return last != null && last.sameAs(result);
  }
}
