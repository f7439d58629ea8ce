package lunora.changes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.Bindings;
import lunora.outbox.Destination;
import lunora.outbox.Effect;

/** Takes a shard's changes to the boards: of many to one table, the last. */
public final class ChangeDestination implements Destination {

  private final LogSink log;
  private boolean warned;

  public ChangeDestination(LogSink log) {
    this.log = log;
  }

  @Override
  public String kind() {
    return ChangeNotes.KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    Map<String, Change> byTable = new LinkedHashMap<>();
    for (Effect effect : effects) {
      Change change = Change.read(effect.payload().toString());
      byTable.merge(change.table(), change, ChangeDestination::later);
    }
    for (Change change : byTable.values()) {
      send(bindings, change);
    }
  }

  /** One of which the bookmark is not known makes the later one unknown too. */
  private static Change later(Change one, Change other) {
    boolean known = one.bookmark() != null && other.bookmark() != null;
    return new Change(one.table(), known ? Change.later(one.bookmark(), other.bookmark()) : null);
  }

  private void send(Bindings bindings, Change change) {
    try {
      ChangeBoard.changed(bindings, change);
    } catch (LunoraException e) {
      if (!e.code().equals(ErrorCode.MISCONFIGURED.name())) {
        throw e;
      }
      // A deployment may do without: then nobody can watch a global table.
      if (!warned) {
        warned = true;
        log.log(LogSink.Level.WARN, "nobody hears of writes to global tables", e);
      }
    }
  }
}
