package lunora.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.api.AppModule;
import lunora.api.MutationContext;
import lunora.api.TableWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.rpc.InputFields;
import lunora.schema.Change;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.FieldPath;
import lunora.schema.Id;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Operations that write rows: validated, logged and told to subscribers as a mutation's writes. */
public final class RowOps {

  private final ShardHost host;
  private final AppModule app;
  private final ShardWrites writes;

  private RowOps(ShardHost host, AppModule app, ShardWrites writes) {
    this.host = host;
    this.app = app;
    this.writes = writes;
  }

  /** Adds them. */
  public static void add(ShardOps ops, ShardHost host, AppModule app, ShardWrites writes) {
    RowOps rows = new RowOps(host, app, writes);
    ops.add("writeRow", args -> rows.write(new InputFields(args)));
    ops.add("deleteRows", args -> rows.delete(new InputFields(args)));
    ops.add("clearTable", args -> rows.clear(new InputFields(args)));
    ops.add("patchRows", args -> rows.patch(new InputFields(args)));
  }

  private JsonText write(InputFields args) {
    Table<?> table = args.table(app);
    String op = args.text("op");
    String id = writes.write("writeRow", context -> written(context, table, op, args));
    JsonSink sink = host.texts().sink().raw("{\"op\":").string(op);
    return sink.raw(",\"id\":").string(id).raw("}").finish();
  }

  private static <D> String written(
      MutationContext context, Table<D> table, String op, InputFields args) {
    TableWriter<D> rows = context.table(table);
    if (op.equals("insert")) {
      return rows.insert(document(table, args.value("doc"))).value();
    }
    Id<D> id = new Id<>(args.text("id"));
    switch (op) {
      case "replace" -> rows.replace(id, document(table, args.value("doc")));
      case "patch" -> patched(rows, table, id, args.value("doc"));
      case "delete" -> rows.delete(id);
      default -> throw InputFields.invalid("`op` is one of insert, patch, replace, delete");
    }
    return id.value();
  }

  private static <D> D document(Table<D> table, @Nullable Value doc) {
    if (doc == null) {
      throw InputFields.invalid("`doc` is missing");
    }
    return table.codec().read(doc, FieldPath.root("doc"));
  }

  private static <D> void patched(
      TableWriter<D> rows, Table<D> table, Id<D> id, @Nullable Value doc) {
    if (!(doc instanceof Value.Obj fields)) {
      throw InputFields.invalid("`doc` must be an object of the fields to set");
    }
    List<Change<D>> changes = new ArrayList<>();
    for (Field<D, ?> field : table.codec().fields()) {
      Value value = fields.fields().get(field.name());
      if (value != null) {
        changes.add(change(field, value));
      }
    }
    for (String name : fields.fields().keySet()) {
      if (InputFields.column(table, name) == null) {
        throw InputFields.invalid(name + " cannot be set");
      }
    }
    @SuppressWarnings("unchecked")
    Change<D>[] all = (Change<D>[]) changes.toArray(new Change<?>[0]);
    rows.patch(id, all);
  }

  private static <D, V extends @Nullable Object> Change<D> change(Field<D, V> field, Value value) {
    FieldPath path = FieldPath.root("doc").field(field.name());
    V read =
        value instanceof Value.Undefined
            ? field.codec().absent(path)
            : field.codec().read(value, path);
    return field.set(read);
  }

  private JsonText delete(InputFields args) {
    Table<?> table = args.table(app);
    List<String> ids = ids(args);
    int count = writes.write("deleteRows", context -> deleted(context, table, ids));
    return counted(count, false);
  }

  private static List<String> ids(InputFields args) {
    List<String> ids = args.texts("ids");
    if (ids.size() > TableOps.PAGE_ROWS) {
      throw new LunoraException(
          ErrorCode.INVALID_INPUT, "at most " + TableOps.PAGE_ROWS + " rows at once");
    }
    return ids;
  }

  private static <D> int deleted(MutationContext context, Table<D> table, List<String> ids) {
    TableWriter<D> rows = context.table(table);
    int count = 0;
    for (String each : ids) {
      Id<D> id = new Id<>(each);
      Optional<Doc<D>> row = rows.get(id);
      if (row.isPresent()) {
        rows.delete(id);
        count++;
      }
    }
    return count;
  }

  /** One page of a table's rows at a time, so that no call is long: called until none is left. */
  private JsonText clear(InputFields args) {
    Table<?> table = args.table(app);
    SqlRows found =
        host.sql()
            .query(
                "SELECT "
                    + TableLayout.ID
                    + " FROM "
                    + TableLayout.quote(table.name())
                    + " LIMIT ?",
                TableOps.PAGE_ROWS + 1);
    List<String> ids = new ArrayList<>();
    for (int row = 0; row < Math.min(found.size(), TableOps.PAGE_ROWS); row++) {
      ids.add(found.text(row, 0));
    }
    int count = writes.write("clearTable", context -> deleted(context, table, ids));
    return counted(count, found.size() > TableOps.PAGE_ROWS);
  }

  private JsonText patch(InputFields args) {
    Table<?> table = args.table(app);
    List<String> ids = ids(args);
    Value patch = args.value("patch") == null ? args.value("doc") : args.value("patch");
    int count = writes.write("patchRows", context -> patchedAll(context, table, ids, patch));
    return counted(count, false);
  }

  private static <D> int patchedAll(
      MutationContext context, Table<D> table, List<String> ids, @Nullable Value patch) {
    TableWriter<D> rows = context.table(table);
    for (String id : ids) {
      patched(rows, table, new Id<>(id), patch);
    }
    return ids.size();
  }

  private JsonText counted(int count, boolean more) {
    JsonSink sink = host.texts().sink().raw("{\"count\":").number(count);
    return sink.raw(",\"hasMore\":").raw(String.valueOf(more)).raw("}").finish();
  }
}
