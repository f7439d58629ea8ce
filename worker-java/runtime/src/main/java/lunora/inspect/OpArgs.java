package lunora.inspect;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The arguments of an operation. */
record OpArgs(Value.Obj args) {

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw invalid("`" + name + "` must be a string");
    }
    return text;
  }

  @Nullable String textOrNull(String name) {
    return args.fields().get(name) instanceof Value.Str text ? text.value() : null;
  }

  /** A whole number within bounds, or what is taken when there is none. */
  int number(String name, int absent, int min, int max) {
    Value value = args.fields().get(name);
    if (value == null || value instanceof Value.Null) {
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

  boolean flag(String name) {
    return args.fields().get(name) instanceof Value.Bool flag && flag.value();
  }

  @Nullable Value value(String name) {
    return args.fields().get(name);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (args.fields().get(name) instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (!(item instanceof Value.Str text)) {
          throw invalid("`" + name + "` must be a list of strings");
        }
        texts.add(text.value());
      }
      return texts;
    }
    throw invalid("`" + name + "` must be a list of strings");
  }

  /**
   * The table that is named, one of the shard's own.
   *
   * @throws LunoraException {@code UNKNOWN_TABLE}
   */
  Table<?> table(AppModule app) {
    String name = text("table");
    for (Table<?> table : app.schema().tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "this app has no such table in its shards");
  }

  /** The field of that name, null for the two that the system adds. */
  static @Nullable Field<?, ?> column(Table<?> table, String name) {
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

  static LunoraException invalid(String message) {
    return new LunoraException(ErrorCode.INVALID_INPUT, message);
  }
}
