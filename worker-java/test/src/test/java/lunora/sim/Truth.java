package lunora.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What each mutation of {@link SimApp} has to do to a state, or why it has to be refused. */
final class Truth {

  private Truth() {}

  /**
   * One row written.
   *
   * @param op insert, update or delete
   * @param id null for an insert: the engine chooses it
   * @param fields of the row afterwards, empty for a delete
   */
  record Effect(String table, String op, @Nullable String id, Map<String, Value> fields) {}

  /**
   * What has to come of a mutation.
   *
   * @param refusal the error code, null when it succeeds
   * @param result null when it is the id, or with {@code many} the ids, of what was inserted
   */
  record Outcome(
      List<Effect> effects, @Nullable String refusal, @Nullable Value result, boolean many) {

    static Outcome refused(String code) {
      return new Outcome(List.of(), code, null, false);
    }

    static Outcome of(Value result, Effect... effects) {
      return new Outcome(List.of(effects), null, result, false);
    }

    /** The result once the inserted rows have their ids. */
    Value resultFor(List<String> ids) {
      if (result != null) {
        return result;
      }
      List<Value> all = new ArrayList<>();
      ids.forEach(id -> all.add(new Value.Str(id)));
      return many ? new Value.Arr(all) : all.get(0);
    }
  }

  static Outcome predict(Watch call, String userId, State state) {
    return switch (call.path()) {
      case "items:add" -> inserted("items", call.args().fields());
      case "items:addMany" -> addMany(call);
      case "items:edit", "items:move", "items:remove" -> changed(call, state);
      case "cells:append", "cells:push" -> append(call, "key", state);
      case "cells:move" -> {
        Outcome first = append(call, "key", state);
        Outcome second = append(call, "other", state);
        List<Effect> both = new ArrayList<>(first.effects());
        both.addAll(second.effects());
        yield new Outcome(both, null, second.result(), false);
      }
      case "cells:appendThenFail" -> Outcome.refused("CONFLICT");
      case "notes:write" -> {
        Map<String, Value> note = new LinkedHashMap<>();
        note.put("owner", new Value.Str(userId));
        note.put("text", new Value.Str(call.text("text")));
        yield inserted("notes", note);
      }
      default -> throw new IllegalArgumentException(call.path());
    };
  }

  static @Nullable Row cell(State state, String key) {
    for (Row row : state.rows("cells")) {
      if (row.text("key").equals(key)) {
        return row;
      }
    }
    return null;
  }

  private static Outcome inserted(String table, Map<String, Value> fields) {
    return new Outcome(List.of(new Effect(table, "insert", null, fields)), null, null, false);
  }

  private static Outcome addMany(Watch call) {
    List<Value> texts =
        call.args().fields().get("texts") instanceof Value.Arr all ? all.items() : List.of();
    List<Effect> effects = new ArrayList<>();
    for (Value text : texts) {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("list", new Value.Str(call.text("list")));
      fields.put("rank", new Value.Num(effects.size()));
      fields.put("text", text);
      fields.put("amount", amount(texts.size()));
      effects.add(new Effect("items", "insert", null, fields));
    }
    return new Outcome(effects, null, null, true);
  }

  /** A bigint as it travels. */
  static Value amount(long number) {
    return new Value.Arr(
        List.of(
            new Value.Str("$lunora.wire$"),
            new Value.Str("bigint"),
            new Value.Str(Long.toString(number))));
  }

  private static Outcome changed(Watch call, State state) {
    Row before = state.find("items", call.text("id"));
    if (before == null) {
      return Outcome.refused("NOT_FOUND");
    }
    if (call.path().equals("items:remove")) {
      return Outcome.of(Value.Null.INSTANCE, new Effect("items", "delete", before.id(), Map.of()));
    }
    Map<String, Value> fields = new LinkedHashMap<>(before.fields());
    fields.putAll(call.args().fields());
    fields.remove("id");
    return Outcome.of(Value.Null.INSTANCE, new Effect("items", "update", before.id(), fields));
  }

  private static Outcome append(Watch call, String keyArg, State state) {
    String key = call.text(keyArg);
    Row before = cell(state, key);
    String log = (before == null ? "" : before.text("log")) + call.text("text");
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("key", new Value.Str(key));
    fields.put("count", new Value.Num(before == null ? 1 : before.number("count") + 1));
    fields.put("log", new Value.Str(log));
    String op = before == null ? "insert" : "update";
    return Outcome.of(
        new Value.Str(log), new Effect("cells", op, before == null ? null : before.id(), fields));
  }
}
