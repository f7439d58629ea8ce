package lunora.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** Answers {@link BulkRequests} in a shard. Never suspends. */
public final class BulkRoutes {

  private final SnapshotPages snapshots;
  private final StagedImport imports;
  private final RowImport rows;

  /** Puts lines in place at once, as writes that everybody hears of. */
  @FunctionalInterface
  public interface RowImport {
    Tally run(List<Value> lines);
  }

  public BulkRoutes(SnapshotPages snapshots, StagedImport imports, RowImport rows) {
    this.snapshots = snapshots;
    this.imports = imports;
    this.rows = rows;
  }

  /** An answer, and whether rows were put in place past all that watches writes. */
  public record Answer(JsonText body, boolean replaced) {}

  /**
   * Answers a request; null for a path that there is not.
   *
   * @throws LunoraException what is refused
   */
  public @Nullable Answer answer(String path, String body) {
    Value.Obj asked = read(body);
    return switch (path) {
      case BulkRequests.SNAPSHOT_BEGIN ->
          unchanged(snapshots.begin(text(asked, "snapshot"), texts(asked, "tables")));
      case BulkRequests.SNAPSHOT_PAGE ->
          unchanged(
              snapshots.page(
                  text(asked, "snapshot"), text(asked, "table"), number(asked, "after")));
      case BulkRequests.SNAPSHOT_END -> {
        snapshots.end(text(asked, "snapshot"));
        yield unchanged(JsonText.of("{}"));
      }
      case BulkRequests.IMPORT_ROWS -> unchanged(take(asked).json());
      case BulkRequests.IMPORT_TERMS -> unchanged(imports.terms(text(asked, "session")));
      case BulkRequests.IMPORT_CHECK -> unchanged(imports.check(commit(asked)));
      case BulkRequests.IMPORT_COMMIT -> {
        JsonText known = imports.committed(text(asked, "session"));
        yield known == null ? committed(imports.commit(commit(asked))) : unchanged(known);
      }
      case BulkRequests.IMPORT_ABORT -> unchanged(imports.abort(text(asked, "session")));
      default -> null;
    };
  }

  private static Answer unchanged(JsonText body) {
    return new Answer(body, false);
  }

  private static Answer committed(@Nullable JsonText body) {
    return body == null ? unchanged(JsonText.of("{}")) : new Answer(body, true);
  }

  private Tally take(Value.Obj asked) {
    List<Value> lines =
        asked.fields().get("lines") instanceof Value.Arr list ? list.items() : List.of();
    return asked.fields().get("session") instanceof Value.Str session
        ? imports.rows(session.value(), text(asked, "mode"), text(asked, "tables"), lines)
        : rows.run(lines);
  }

  private static StagedImport.Commit commit(Value.Obj asked) {
    Replay.Target to = null;
    if (asked.fields().get("to") instanceof Value.Obj target) {
      to =
          new Replay.Target(
              text(target, "epoch"), number(target, "position"), number(target, "untilMs"));
    }
    StagedImport.Mode mode =
        StagedImport.Mode.valueOf(text(asked, "mode").toUpperCase(Locale.ROOT));
    return new StagedImport.Commit(text(asked, "session"), mode, texts(asked, "tables"), to);
  }

  private static Value.Obj read(String body) {
    try {
      if (Json.read(body) instanceof Value.Obj object) {
        return object;
      }
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "send JSON");
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "send a JSON object");
  }

  private static String text(Value.Obj asked, String name) {
    if (asked.fields().get(name) instanceof Value.Str text) {
      return text.value();
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a string");
  }

  private static double number(Value.Obj asked, String name) {
    if (asked.fields().get(name) instanceof Value.Num number) {
      return number.value();
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a number");
  }

  private static List<String> texts(Value.Obj asked, String name) {
    List<String> texts = new ArrayList<>();
    if (asked.fields().get(name) instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Str text) {
          texts.add(text.value());
        }
      }
    }
    return texts;
  }
}
