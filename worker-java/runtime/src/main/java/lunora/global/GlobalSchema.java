package lunora.global;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.LunoraException;
import lunora.schema.Codec;
import lunora.schema.Field;
import lunora.schema.FieldPath;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.Value;

/**
 * The global tables as the command {@code lunora d1} compares them with what its migrations made:
 * for each {@code {name, fields: [{name, type, optional}], columns, statements}}, where the columns
 * are the fields that stand in indexes and the statements make the table in an empty database.
 */
public final class GlobalSchema {

  /** The binding of the database. */
  public static final String BINDING = "DB";

  private GlobalSchema() {}

  /** The description of all tables. */
  public static Value.Arr describe(Schema schema) {
    List<Value> tables = new ArrayList<>();
    for (Table<?> table : schema.tables()) {
      Map<String, Value> described = new LinkedHashMap<>();
      described.put("name", new Value.Str(table.name()));
      described.put("fields", fields(table));
      List<Value> columns = new ArrayList<>();
      for (Field<?, ?> field : table.indexedFields()) {
        columns.add(new Value.Str(field.name()));
      }
      described.put("columns", new Value.Arr(columns));
      List<Value> statements = new ArrayList<>();
      for (String statement : TableLayout.statements(table)) {
        statements.add(new Value.Str(statement));
      }
      described.put("statements", new Value.Arr(statements));
      tables.add(new Value.Obj(described));
    }
    return new Value.Arr(tables);
  }

  private static Value.Arr fields(Table<?> table) {
    List<Value> fields = new ArrayList<>();
    for (Field<?, ?> field : table.codec().fields()) {
      Map<String, Value> described = new LinkedHashMap<>();
      described.put("name", new Value.Str(field.name()));
      described.put("type", new Value.Str(field.codec().describe()));
      described.put("optional", isOptional(field.codec()) ? Value.Bool.TRUE : Value.Bool.FALSE);
      fields.add(new Value.Obj(described));
    }
    return new Value.Arr(fields);
  }

  /** Whether a row may be without the field. */
  private static boolean isOptional(Codec<?> codec) {
    try {
      codec.absent(FieldPath.root("row"));
      return true;
    } catch (LunoraException e) {
      return false;
    }
  }
}
