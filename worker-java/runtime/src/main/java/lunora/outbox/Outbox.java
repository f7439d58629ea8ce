package lunora.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/**
 * The effects that mutations asked for and nobody has taken yet: {@code __lunora_outbox(seq, kind,
 * id, payload, attempts, due)}, made by the first. An effect is written in the transaction of its
 * mutation and goes with it; the shard's alarm is set in the same transaction, so that a crash
 * after the commit loses nothing. A mutation that asks for none costs nothing. Never suspends.
 */
public final class Outbox {

  /** How many effects are delivered at once. */
  public static final int BATCH_MAX = 100;

  /** How often an effect is tried, over more than a day, before it is left alone. */
  static final int ATTEMPTS_MAX = 200;

  /** After which a delivery that nothing is heard of is taken up by the alarm. */
  static final long RESUME_AFTER_MS = 5_000;

  private static final long FIRST_DELAY_MS = 1_000;
  private static final long DELAY_MS_MAX = 600_000;

  private final ShardHost host;
  private Runnable release = () -> {};
  private boolean exists;
  private boolean asked;
  private double alarmMs = Double.POSITIVE_INFINITY;

  public Outbox(ShardHost host) {
    this.host = host;
  }

  /** An effect that is to be delivered now. */
  record Pending(long seq, String kind, Effect effect, int attempts) {}

  /** What is to run, in an event of its own, when there is something to deliver. */
  void releasedBy(Runnable action) {
    release = action;
  }

  /** Asks for an effect. Call it in the mutation's transaction. */
  public void add(String kind, Effect effect) {
    add(kind, effect, host.clock().nowMs());
  }

  /** Asks for an effect that is not delivered before its time. Call it in the transaction. */
  public void add(String kind, Effect effect, long dueMs) {
    if (!exists && !asked) {
      create();
    }
    host.sql()
        .execute(
            "INSERT INTO \"__lunora_outbox\" (kind, id, payload, attempts, due)"
                + " VALUES (?, ?, ?, 0, ?)",
            kind,
            effect.id(),
            effect.payload(),
            dueMs);
    asked = true;
    arm(dueMs + RESUME_AFTER_MS);
  }

  /**
   * Asks for an effect outside of any transaction, to be delivered at its time unless it is {@link
   * #hasten}ed or {@link #forget}otten before.
   */
  public void keep(String kind, Effect effect, long dueMs) {
    add(kind, effect, dueMs);
    asked = false;
    exists = true;
  }

  /** Has an effect that is kept delivered now, with this payload. */
  public void hasten(String kind, Effect effect) {
    host.sql()
        .execute(
            "UPDATE \"__lunora_outbox\" SET payload = ?, due = ? WHERE kind = ? AND id = ?",
            effect.payload(),
            host.clock().nowMs(),
            kind,
            effect.id());
    host.deferred().afterResponse(release);
  }

  /** Takes back an effect that is kept. */
  public void forget(String kind, String id) {
    host.sql().execute("DELETE FROM \"__lunora_outbox\" WHERE kind = ? AND id = ?", kind, id);
  }

  /** Whether an effect is still to be delivered: one that was given up is not. */
  public boolean awaits(String kind, String id) {
    return exists()
        && host.sql()
                .query(
                    "SELECT 1 FROM \"__lunora_outbox\""
                        + " WHERE kind = ? AND id = ? AND due IS NOT NULL LIMIT 1",
                    kind,
                    id)
                .size()
            > 0;
  }

  /** Whether an effect waits that was not taken yet; one on its way counts. */
  public boolean holds(String kind, String id) {
    return exists()
        && host.sql()
                .query(
                    "SELECT 1 FROM \"__lunora_outbox\" WHERE kind = ? AND id = ? LIMIT 1", kind, id)
                .size()
            > 0;
  }

  /** The transaction is committed: what it asked for is delivered after the answer. */
  public void committed() {
    if (asked) {
      asked = false;
      exists = true;
      host.deferred().afterResponse(release);
    }
  }

  /** The transaction is undone, and with it what it asked for, the alarm too. */
  public void rolledBack() {
    if (asked) {
      asked = false;
      alarmMs = Double.POSITIVE_INFINITY;
    }
  }

  /** The shard woke: what an earlier life left is delivered after the event at hand. */
  void resume() {
    if (exists()) {
      host.deferred().afterResponse(release);
    }
  }

  /** The next effects to deliver, all of one kind and due, oldest first. */
  List<Pending> next() {
    if (!exists()) {
      return List.of();
    }
    SqlRows rows =
        host.sql()
            .query(
                "SELECT seq, kind, id, payload, attempts FROM \"__lunora_outbox\""
                    + " WHERE due <= ? ORDER BY seq LIMIT ?",
                host.clock().nowMs(),
                BATCH_MAX);
    List<Pending> next = new ArrayList<>();
    for (int row = 0; row < rows.size() && rows.text(row, 1).equals(rows.text(0, 1)); row++) {
      Effect effect = new Effect(rows.text(row, 2), rows.json(row, 3));
      next.add(
          new Pending(
              (long) rows.number(row, 0), rows.text(row, 1), effect, (int) rows.number(row, 4)));
    }
    return next;
  }

  /** The destination has them. */
  void delivered(List<Pending> effects) {
    JsonWriter seqs = new JsonWriter();
    String before = "[";
    for (Pending effect : effects) {
      seqs.raw(before).number(effect.seq());
      before = ",";
    }
    JsonText list = seqs.raw("]").finish();
    host.sql()
        .execute(
            "DELETE FROM \"__lunora_outbox\" WHERE seq IN (SELECT value FROM json_each(?))", list);
  }

  /**
   * The destination did not take it: it is due again later, or never when it failed too often.
   *
   * @return whether it is due again
   */
  boolean failed(Pending effect) {
    int attempts = effect.attempts() + 1;
    boolean again = attempts < ATTEMPTS_MAX;
    long delay = Math.min(DELAY_MS_MAX, FIRST_DELAY_MS << Math.min(attempts - 1, 20));
    host.sql()
        .execute(
            "UPDATE \"__lunora_outbox\" SET attempts = ?, due = ? WHERE seq = ?",
            attempts,
            again ? host.clock().nowMs() + delay : null,
            effect.seq());
    return again;
  }

  /** Sets the alarm for what is still to be delivered; leaves it when that is nothing. */
  void arm() {
    OptionalLong due = due();
    if (due.isPresent()) {
      alarmMs = due.getAsLong();
      host.alarm().set(due.getAsLong());
    }
  }

  /** A delivery begins: were it to break off without a word, the alarm would take it up. */
  void guard() {
    if (alarmMs == Double.POSITIVE_INFINITY && due().isPresent()) {
      arm(host.clock().nowMs() + RESUME_AFTER_MS);
    }
  }

  /** The alarm went off: none is set. */
  void rung() {
    alarmMs = Double.POSITIVE_INFINITY;
  }

  private void arm(long atMs) {
    // An alarm of the past was lost, as happens when the clock is set: it is set again.
    if (atMs < alarmMs || alarmMs < host.clock().nowMs()) {
      alarmMs = atMs;
      host.alarm().set(atMs);
    }
  }

  private OptionalLong due() {
    if (!exists()) {
      return OptionalLong.empty();
    }
    SqlRows rows = host.sql().query("SELECT min(due) FROM \"__lunora_outbox\"");
    return rows.isNull(0, 0) ? OptionalLong.empty() : OptionalLong.of((long) rows.number(0, 0));
  }

  private boolean exists() {
    if (!exists) {
      exists =
          host.sql().query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_outbox'").size() > 0;
    }
    return exists;
  }

  private void create() {
    host.sql()
        .execute(
            "CREATE TABLE IF NOT EXISTS \"__lunora_outbox\" (seq INTEGER PRIMARY KEY,"
                + " kind TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL,"
                + " attempts INTEGER NOT NULL, due REAL);"
                + "CREATE INDEX IF NOT EXISTS \"__lunora_outbox.due\" ON \"__lunora_outbox\" (due)");
  }
}
