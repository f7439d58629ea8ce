package lunora.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lunora.host.local.ShardHost;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * What a shard has to tell the boards, in its outbox: noted before the global database is written
 * to, so that a crash in between loses nothing, and told right after. Never suspends.
 */
public final class ChangeNotes {

  static final String KIND = "change";

  /** How long a write of which nothing is heard may take before it is told of anyway. */
  static final long GRACE_MS = 10_000;

  private final ShardHost host;
  private final Outbox outbox;

  public ChangeNotes(ShardHost host, Outbox outbox) {
    this.host = host;
    this.outbox = outbox;
  }

  /** What is noted of one mutation: an effect for each table. */
  public record Note(List<String> ids, List<String> tables) {}

  /** A mutation is about to write to the tables. */
  public Note before(Set<String> tables) {
    Note note = new Note(new ArrayList<>(), List.copyOf(tables));
    long dueMs = host.clock().nowMs() + GRACE_MS;
    for (String table : note.tables()) {
      String id = host.random().uuid();
      note.ids().add(id);
      outbox.keep(KIND, new Effect(id, new Change(table, null).text()), dueMs);
    }
    return note;
  }

  /** It has written. */
  public void written(Note note, @Nullable String bookmark) {
    for (int i = 0; i < note.ids().size(); i++) {
      Change change = new Change(note.tables().get(i), bookmark);
      outbox.hasten(KIND, new Effect(note.ids().get(i), change.text()));
    }
  }

  /** It has written nothing, for certain. */
  public void refused(Note note) {
    for (String id : note.ids()) {
      outbox.forget(KIND, id);
    }
  }
}
