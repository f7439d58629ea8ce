package lunora.shard;

import java.util.Map;
import lunora.api.AppModule;
import lunora.api.TableWriter;
import lunora.bulk.RowLine;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.inspect.ShardOps;
import lunora.inspect.ShardWrites;
import lunora.schema.FieldPath;
import lunora.schema.Id;
import lunora.schema.Table;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code applyCdc {changes}}: writes what {@code cdcSync} of another shard told of, as one
 * mutation. The same changes once more leave the same rows. Never suspends.
 */
final class ChangeApplier {

  private static final int CHANGES_MAX = 1_000;
  private static final int ID_LENGTH_MAX = 128;

  private final ShardHost host;
  private final AppModule app;

  private ChangeApplier(ShardHost host, AppModule app) {
    this.host = host;
    this.app = app;
  }

  static void add(ShardOps ops, ShardHost host, AppModule app, ShardWrites writes) {
    ChangeApplier applier = new ChangeApplier(host, app);
    ops.add("applyCdc", args -> applier.apply(args, writes));
  }

  private JsonText apply(Value.Obj args, ShardWrites writes) {
    if (!(args.fields().get("changes") instanceof Value.Arr changes)
        || changes.items().size() > CHANGES_MAX) {
      throw invalid("`changes` must be a list of at most " + CHANGES_MAX);
    }
    int applied =
        writes.write(
            "applyCdc",
            context -> {
              for (Value change : changes.items()) {
                one((Transaction) context, change);
              }
              return changes.items().size();
            });
    return host.texts().sink().raw("{\"applied\":").number(applied).raw("}").finish();
  }

  private void one(Transaction transaction, Value change) {
    if (!(change instanceof Value.Obj object)
        || !(object.fields().get("table") instanceof Value.Str name)
        || !(object.fields().get("op") instanceof Value.Str op)) {
      throw invalid("a change is {table, op, id, doc}");
    }
    Table<?> table = table(name.value());
    Value doc = object.fields().get("doc");
    switch (op.value()) {
      case "delete" -> delete(transaction, table, id(idOf(object, doc)));
      case "insert", "update", "patch", "replace" -> {
        if (!(doc instanceof Value.Obj row)) {
          throw invalid("a change that is no delete has its `doc`");
        }
        store(transaction, table, row);
      }
      default -> throw invalid("`op` is insert, update, patch, replace or delete");
    }
  }

  private Table<?> table(String name) {
    for (Table<?> table : app.schema().tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "this app has no such table in its shards");
  }

  /** Deletes come with an id, or with a document that is nothing else. */
  private static Value idOf(Value.Obj change, @Nullable Value doc) {
    Value id = change.fields().get("id");
    Value other = doc instanceof Value.Obj row ? row.fields().get("_id") : null;
    if (id != null) {
      return id;
    }
    return other == null ? Value.Null.INSTANCE : other;
  }

  private static String id(Value id) {
    if (id instanceof Value.Str text
        && !text.value().isEmpty()
        && text.value().length() <= ID_LENGTH_MAX) {
      return text.value();
    }
    throw invalid("an id is a text of 1 to " + ID_LENGTH_MAX + " characters");
  }

  private static <D> void delete(Transaction transaction, Table<D> table, String id) {
    TableWriter<D> rows = transaction.table(table);
    if (rows.get(new Id<>(id)).isPresent()) {
      rows.delete(new Id<>(id));
    }
  }

  /** A new row keeps the time it was made at; one that is there keeps its own. */
  private <D> void store(Transaction transaction, Table<D> table, Value.Obj row) {
    Map<String, Value> fields = row.fields();
    Value id = fields.get("_id");
    Id<D> key = new Id<>(id(id == null ? Value.Null.INSTANCE : id));
    D value = table.codec().read(new Value.Obj(fields), FieldPath.root(table.name()));
    Value made = fields.get("_creationTime");
    if (made != null && !RowLine.isTime(made)) {
      throw invalid("`_creationTime` must be a number of milliseconds");
    }
    double madeMs = made instanceof Value.Num number ? number.value() : host.clock().nowMs();
    if (!transaction.restore(new RowLine<>(table, key, madeMs, value))) {
      transaction.table(table).replace(key, value);
    }
  }

  private static LunoraException invalid(String message) {
    return new LunoraException(ErrorCode.INVALID_INPUT, message);
  }
}
