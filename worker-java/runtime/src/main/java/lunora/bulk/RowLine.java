package lunora.bulk;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.RandomSource;
import lunora.host.local.ShardHost;
import lunora.schema.FieldPath;
import lunora.schema.Id;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;

/**
 * One line of an import, read and checked: {@code {"table","doc"}}.
 *
 * @param creationTimeMs that of the document, now where it has none
 */
public record RowLine<D>(Table<D> table, Id<D> id, double creationTimeMs, D value) {

  /**
   * Reads a line.
   *
   * @throws LunoraException {@code BAD_ROW} that says what is wrong with it
   */
  public static RowLine<?> read(Value line, Schema schema, ShardHost host) {
    if (line instanceof Value.Obj object
        && object.fields().get("table") instanceof Value.Str name
        && object.fields().get("doc") instanceof Value.Obj doc) {
      return read(find(name.value(), schema), doc, host);
    }
    throw bad("a line is {\"table\":...,\"doc\":{...}}");
  }

  static <D> RowLine<D> read(Table<D> table, Value.Obj doc, ShardHost host) {
    return read(table, doc, host.random(), host.clock().nowMs());
  }

  /**
   * Reads a document of a table.
   *
   * @param random makes the id of one that has none
   * @param nowMs the creation time of one that has none
   * @throws LunoraException {@code BAD_ROW} that says what is wrong with it
   */
  public static <D> RowLine<D> read(
      Table<D> table, Value.Obj doc, RandomSource random, double nowMs) {
    try {
      Map<String, Value> fields = ((Value.Obj) WireCodec.decode(doc)).fields();
      Value id = fields.get("_id");
      if (id != null && !(id instanceof Value.Str text && isId(text.value()))) {
        throw bad("_id must be a text of 1 to 128 characters");
      }
      Value time = fields.get("_creationTime");
      if (time != null && !isTime(time)) {
        throw bad("_creationTime must be a number of milliseconds");
      }
      D value = table.codec().read(new Value.Obj(fields), FieldPath.root(table.name()));
      return new RowLine<>(
          table,
          new Id<>(id instanceof Value.Str text ? text.value() : random.uuid()),
          time instanceof Value.Num number ? number.value() : nowMs,
          value);
    } catch (WireFormatException e) {
      throw bad("the document is not in wire form");
    } catch (LunoraException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a value is a time that a row can have: a number, and one that JSON can carry. */
  public static boolean isTime(Value value) {
    return value instanceof Value.Num number
        && number.value() >= 0
        && Double.isFinite(number.value());
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= 128;
  }

  private static Table<?> find(String name, Schema schema) {
    for (Table<?> table : schema.tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw bad("there is no table " + name);
  }

  private static LunoraException bad(String message) {
    return new LunoraException(ErrorCode.BAD_ROW, message);
  }
}
