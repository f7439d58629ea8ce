package lunora.bulk;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** What came of the lines of an import. */
public final class Tally {

  /** Takes one row. Never suspends. */
  @FunctionalInterface
  public interface Taker {

    /** Takes it, or throws what is wrong with it. */
    public void take(Value row);
  }

  private final Map<String, Integer> inserted = new LinkedHashMap<>();
  private final JsonWriter errors = new JsonWriter();
  private int errorCount;
  private int conflicts;

  /** Has a line's row taken, or notes why not. */
  public void take(Value line, Taker taker) {
    Value row = Value.Null.INSTANCE;
    double number = 0;
    if (line instanceof Value.Obj object) {
      row = object.fields().getOrDefault("row", row);
      number = object.fields().get("line") instanceof Value.Num given ? given.value() : 0;
    }
    try {
      taker.take(row);
    } catch (LunoraException e) {
      if (!e.code().equals(ErrorCode.BAD_ROW.name()) && !e.code().equals("CONFLICT")) {
        throw e;
      }
      errors.raw(errorCount == 0 ? "" : ",").raw("{\"code\":").string(e.code());
      errors.raw(",\"line\":").number(number).raw(",\"message\":");
      errors.string(String.valueOf(e.getMessage())).raw(",\"table\":");
      errors.string(tableOf(row)).raw("}");
      errorCount++;
    }
  }

  private static String tableOf(Value row) {
    return row instanceof Value.Obj object
            && object.fields().get("table") instanceof Value.Str table
        ? table.value()
        : "";
  }

  public void inserted(String table) {
    inserted.merge(table, 1, Integer::sum);
  }

  /** A row of that id is there already. */
  public void conflict() {
    conflicts++;
  }

  /** {@code {"inserted":{table:n},"conflicts":n,"errors":[{code,line,message,table}]}}. */
  public JsonText json() {
    JsonWriter out = new JsonWriter().raw("{\"inserted\":{");
    String before = "";
    for (Map.Entry<String, Integer> each : inserted.entrySet()) {
      out.raw(before).string(each.getKey()).raw(":").number(each.getValue());
      before = ",";
    }
    out.raw("},\"conflicts\":").number(conflicts).raw(",\"errors\":[");
    return out.json(errors.finish()).raw("]}").finish();
  }
}
