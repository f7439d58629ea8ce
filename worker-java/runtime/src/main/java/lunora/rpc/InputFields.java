package lunora.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.api.AppModule;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that an operator sent: the body of a route, the arguments of an
 * operation, or an object within them. A field that is missing or null is absent; one of another
 * kind than it has to be is never taken for absent, since that would be another request, and often
 * a larger one. All throw {@code INVALID_INPUT} then. Nothing suspends.
 */
public record InputFields(Value.Obj object) {

  /** Text that has to be there. */
  public String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw invalid("`" + name + "` must be a string");
    }
    return text;
  }

  /** Text, or null where there is none. */
  public @Nullable String textOrNull(String name) {
    Value value = value(name);
    if (value == null || value instanceof Value.Str) {
      return value instanceof Value.Str text ? text.value() : null;
    }
    throw invalid("`" + name + "` must be a string");
  }

  /** A whole number within bounds, or what is taken when there is none. */
  public int number(String name, int absent, int min, int max) {
    Value value = value(name);
    if (value == null) {
      return absent;
    }
    if (value instanceof Value.Num number
        && number.value() == Math.floor(number.value())
        && number.value() >= min
        && number.value() <= max) {
      return (int) number.value();
    }
    throw invalid("`" + name + "` must be a whole number from " + min + " to " + max);
  }

  /** True or false, or what is taken when there is neither. */
  public boolean flag(String name, boolean absent) {
    Value value = value(name);
    if (value == null) {
      return absent;
    }
    if (value instanceof Value.Bool flag) {
      return flag.value();
    }
    throw invalid("`" + name + "` must be true or false");
  }

  /** Whatever is there; null where there is nothing. */
  public @Nullable Value value(String name) {
    Value value = object.fields().get(name);
    return value instanceof Value.Null || value instanceof Value.Undefined ? null : value;
  }

  /** An object, empty where there is none. */
  public Value.Obj objectOrEmpty(String name) {
    Value value = value(name);
    if (value == null) {
      return new Value.Obj(Map.of());
    }
    if (value instanceof Value.Obj inner) {
      return inner;
    }
    throw invalid("`" + name + "` must be an object");
  }

  /** The items of a list, or null where there is none. */
  public @Nullable List<Value> itemsOrNull(String name) {
    Value value = value(name);
    if (value == null || value instanceof Value.Arr) {
      return value instanceof Value.Arr list ? list.items() : null;
    }
    throw invalid("`" + name + "` must be a list");
  }

  /** A list of texts that has to be there. */
  public List<String> texts(String name) {
    List<String> texts = textsOrNull(name);
    if (texts == null) {
      throw noTexts(name);
    }
    return texts;
  }

  /** A list of texts, or null where there is none. */
  public @Nullable List<String> textsOrNull(String name) {
    Value value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Value.Arr list)) {
      throw noTexts(name);
    }
    List<String> texts = new ArrayList<>();
    for (Value item : list.items()) {
      if (!(item instanceof Value.Str text)) {
        throw noTexts(name);
      }
      texts.add(text.value());
    }
    return texts;
  }

  private static LunoraException noTexts(String name) {
    return invalid("`" + name + "` must be a list of strings");
  }

  /**
   * The table that is named, one of the shard's own.
   *
   * @throws LunoraException {@code UNKNOWN_TABLE}
   */
  public Table<?> table(AppModule app) {
    return table(app, text("table"));
  }

  /**
   * The table of that name, one of the shard's own.
   *
   * @throws LunoraException {@code UNKNOWN_TABLE}
   */
  public static Table<?> table(AppModule app, String name) {
    for (Table<?> table : app.schema().tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "this app has no such table in its shards");
  }

  /**
   * The field of that name, null for the two that the system adds.
   *
   * @throws LunoraException {@code UNKNOWN_COLUMN}
   */
  public static @Nullable Field<?, ?> column(Table<?> table, String name) {
    if (name.equals("_id") || name.equals("_creationTime")) {
      return null;
    }
    for (Field<?, ?> field : table.codec().fields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    throw new LunoraException(
        ErrorCode.UNKNOWN_COLUMN, "table " + table.name() + " has no such column");
  }

  /** The refusal of a request that does not fit. */
  public static LunoraException invalid(String message) {
    return new LunoraException(ErrorCode.INVALID_INPUT, message);
  }
}
