package lunora.bulk;

import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.oplog.Oplog;
import lunora.schema.Schema;
import lunora.store.Stores;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Imports that are put in place whole or not at all: rows are staged, request by request, and a
 * commit moves them in one transaction. Never suspends.
 */
public final class StagedImport {

  /** What becomes of the rows that are in place. */
  enum Mode {
    /** They stay, and go before staged ones of the same id. */
    APPEND,
    /** They go. */
    REPLACE,
    /** There must be none. */
    EMPTY
  }

  private final ShardHost host;
  private final Stage stage;
  private final Stores stores;
  private final Oplog oplog;
  private final Replay replay;

  public StagedImport(ShardHost host, Schema schema, Stores stores, Oplog oplog) {
    this.host = host;
    this.stage = new Stage(host, schema);
    this.stores = stores;
    this.oplog = oplog;
    this.replay = new Replay(host, oplog, stage);
  }

  /** What is to be committed. */
  record Commit(String session, Mode mode, List<String> tables, Replay.@Nullable Target to) {}

  /** Stages the lines that can be read; the others are in the tally. */
  Tally rows(String session, String mode, String tables, List<Value> lines) {
    return host.sql()
        .transaction(
            () -> {
              stage.open(session, mode, tables);
              Tally tally = new Tally();
              for (Value line : lines) {
                tally.take(line, row -> stageRow(RowLine.read(row, stage.schema(), host), tally));
              }
              return tally;
            });
  }

  private <D> void stageRow(RowLine<D> row, Tally tally) {
    StageTable<D> table = stage.of(row.table());
    if (table.has(row.id())) {
      tally.conflict();
    } else {
      table.insert(row);
      tally.inserted(row.table().name());
    }
  }

  /** Refuses what {@link #commit} would, but for what the rows themselves contradict. */
  JsonText check(Commit commit) {
    if (!stage.has(commit.session())) {
      if (commit.mode() == Mode.REPLACE && !stage.isCommitted(commit.session())) {
        stage.requireFree();
      }
      return JsonText.of("{\"staged\":false}");
    }
    if (commit.mode() == Mode.EMPTY) {
      requireEmpty(commit);
    }
    Replay.Target to = commit.to();
    if (to != null) {
      replay.check(to);
    }
    return JsonText.of("{\"staged\":true}");
  }

  private void requireEmpty(Commit commit) {
    for (StageTable<?> table : stage.named(commit.tables())) {
      if (table.inPlace() > 0) {
        throw new LunoraException(
            ErrorCode.CONFLICT,
            "table " + table.table().name() + " of shard " + host.shardKey() + " has rows");
      }
    }
  }

  /** What came of a commit that is over; null where none is known, or no longer. */
  @Nullable JsonText committed(String session) {
    return stage.answer(session);
  }

  /**
   * Puts the staged rows in place and starts a new timeline; null where this session has staged
   * nothing and nothing is to be replaced, and where it is committed already: a commit that reached
   * some shards only is sent again to all.
   *
   * @throws LunoraException {@code CONFLICT} when they break a unique index or the mode's rule;
   *     nothing has changed then
   */
  @Nullable JsonText commit(Commit commit) {
    if (stage.isCommitted(commit.session())) {
      return null;
    }
    if (!stage.has(commit.session())) {
      if (commit.mode() != Mode.REPLACE) {
        return null;
      }
      rows(commit.session(), "replace", "", List.of());
    }
    try {
      JsonText answer = host.sql().transaction(() -> moved(commit));
      return answer;
    } catch (LunoraException e) {
      throw e;
    } catch (RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains("UNIQUE constraint failed")) {
        throw new LunoraException(
            ErrorCode.CONFLICT, "rows of the import break a unique index: nothing was changed");
      }
      throw e;
    } finally {
      stores.replaced();
    }
  }

  private JsonText moved(Commit commit) {
    if (commit.mode() == Mode.EMPTY) {
      requireEmpty(commit);
    }
    Replay.Target to = commit.to();
    if (to != null) {
      replay.run(to);
    }
    long deleted = 0;
    JsonWriter out = new JsonWriter().raw("{\"inserted\":{");
    String before = "";
    long conflicts = 0;
    for (StageTable<?> table : stage.named(commit.tables())) {
      long rows = table.inPlace();
      if (commit.mode() == Mode.REPLACE) {
        deleted += rows;
        table.clear();
        rows = 0;
      }
      long staged = table.count();
      table.move();
      long added = table.inPlace() - rows;
      conflicts += staged - added;
      if (added > 0) {
        out.raw(before).string(table.table().name()).raw(":").number(added);
        before = ",";
      }
    }
    out.raw("},\"conflicts\":").number(conflicts).raw(",\"deleted\":").number(deleted);
    JsonText answer = out.raw("}").finish();
    stage.committed(commit.session(), answer);
    oplog.replaced();
    return answer;
  }

  /**
   * How a session was begun: {@code {mode, tables}}; {@code {committed}} for one that is over, and
   * empty for one that is not here.
   */
  JsonText terms(String session) {
    Stage.Terms terms = stage.terms(session);
    if (terms == null) {
      return JsonText.of(stage.isCommitted(session) ? "{\"committed\":true}" : "{}");
    }
    JsonWriter out = new JsonWriter().raw("{\"mode\":").string(terms.mode());
    return out.raw(",\"tables\":").string(terms.tables()).raw("}").finish();
  }

  /** Forgets what a session has staged. */
  JsonText abort(String session) {
    boolean staged = stage.has(session);
    if (staged) {
      host.sql()
          .transaction(
              () -> {
                stage.clear();
                return null;
              });
    }
    return JsonText.of(staged ? "{\"aborted\":true}" : "{\"aborted\":false}");
  }
}
