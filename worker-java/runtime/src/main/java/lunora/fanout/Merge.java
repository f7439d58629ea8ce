package lunora.fanout;

import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** How the answers of many shards become one. */
interface Merge {

  /**
   * The one answer, as a tree of JSON kinds.
   *
   * @param answers of the shards that answered, in the order of the shards
   */
  Value of(List<Value> answers);

  /**
   * The merge that a call asks for: {@code {kind, ...}}.
   *
   * @throws LunoraException {@code BAD_REQUEST} for one that does not exist
   */
  static Merge read(Value.Obj merge) {
    String kind = kind(merge);
    return switch (kind) {
      case "concat" -> Lists::concat;
      case "first" -> answers -> answers.isEmpty() ? Value.Null.INSTANCE : answers.get(0);
      case "sum" -> Numbers::sum;
      case "min" -> Numbers::min;
      case "max" -> Numbers::max;
      case "rank" -> Numbers::rank;
      case "topK" -> topK(merge);
      case "groupBy" -> groupBy(merge);
      default -> throw refused("`fanOut.merge.kind` is unknown: " + kind);
    };
  }

  /** What kind of merge is asked for. */
  static String kind(Value.Obj merge) {
    if (merge.fields().get("kind") instanceof Value.Str kind) {
      return kind.value();
    }
    throw refused("`fanOut.merge.kind` must be a string");
  }

  private static Merge topK(Value.Obj merge) {
    if (!(merge.fields().get("k") instanceof Value.Num count)
        || count.value() < 0
        || count.value() != Math.floor(count.value())
        || Double.isInfinite(count.value())) {
      throw refused("`fanOut.merge.k` must be a whole number of 0 or more");
    }
    if (!(merge.fields().get("by") instanceof Value.Str by) || by.value().isEmpty()) {
      throw refused("`fanOut.merge.by` must name a field");
    }
    boolean ascending = isAscending(merge.fields().get("direction"));
    return answers -> Lists.top(answers, count.value(), by.value(), ascending);
  }

  private static boolean isAscending(@Nullable Value direction) {
    if (direction == null) {
      return false;
    }
    if (direction instanceof Value.Str text) {
      if (text.value().equals("asc")) {
        return true;
      }
      if (text.value().equals("desc")) {
        return false;
      }
    }
    throw refused("`fanOut.merge.direction` must be \"asc\" or \"desc\"");
  }

  private static Merge groupBy(Value.Obj merge) {
    Value op = merge.fields().get("op");
    if (op == null) {
      return answers -> Groups.merge(answers, Groups.Op.SUM);
    }
    if (op instanceof Value.Str text) {
      for (Groups.Op known : Groups.Op.values()) {
        if (known.wireName().equals(text.value())) {
          return answers -> Groups.merge(answers, known);
        }
      }
    }
    throw refused("`fanOut.merge.op` must be \"sum\", \"max\" or \"min\"");
  }

  static LunoraException refused(String message) {
    return new LunoraException(ErrorCode.BAD_REQUEST, message);
  }
}
