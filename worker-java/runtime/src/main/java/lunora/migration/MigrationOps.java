package lunora.migration;

import lunora.api.DataMigration;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.JsonTexts;
import lunora.inspect.ShardOps;
import lunora.rpc.InputFields;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** What operators ask of a shard's migrations: {@code runMigration}, {@code migrationStatus}. */
public final class MigrationOps {

  /** How many rows of a shard a dry run goes through. */
  static final int DRY_RUN_ROWS_MAX = 10_000;

  private final Migrations migrations;
  private final JsonTexts texts;

  private MigrationOps(Migrations migrations, JsonTexts texts) {
    this.migrations = migrations;
    this.texts = texts;
  }

  /** Adds them to what the shard knows. */
  public static void add(ShardOps ops, Migrations migrations, JsonTexts texts) {
    MigrationOps own = new MigrationOps(migrations, texts);
    ops.add("runMigration", own::run).addReading("migrationStatus", own::status);
  }

  private JsonText run(Value.Obj args) {
    InputFields given = new InputFields(args);
    String id = given.textOrNull("id");
    if (id == null || id.isEmpty()) {
      throw new LunoraException(ErrorCode.MIGRATION_ID_REQUIRED, "send the migration's `id`");
    }
    Direction direction = Direction.of(given.textOrNull("direction"));
    boolean dry = given.flag("dryRun", false);
    JsonSink sink = texts.sink().raw("{\"id\":").string(id);
    sink.raw(",\"dryRun\":").raw(dry ? "true," : "false,");
    if (dry) {
      Migrations.DryRun tried = migrations.tryOut(id, direction, DRY_RUN_ROWS_MAX);
      tried.progress().writeFields(sink);
      sink.raw(tried.hasMore() ? ",\"hasMore\":true" : ",\"hasMore\":false");
    } else {
      migrations.begin(id, direction).writeFields(sink);
    }
    return sink.raw("}").finish();
  }

  private JsonText status(Value.Obj args) {
    String id = new InputFields(args).textOrNull("id");
    if (id != null && !migrations.declared().containsKey(id)) {
      throw new LunoraException(ErrorCode.MIGRATION_NOT_FOUND, "there is no migration " + id);
    }
    JsonSink sink = texts.sink().raw("{\"migrations\":[");
    String before = "{\"id\":";
    for (DataMigration<?> migration : migrations.declared().values()) {
      if (id == null || id.equals(migration.id())) {
        sink.raw(before).string(migration.id());
        sink.raw(",\"table\":").string(migration.table().name());
        sink.raw(",\"reversible\":").raw(migration.down() == null ? "false," : "true,");
        migrations.progress(migration.id()).writeFields(sink);
        sink.raw("}");
        before = ",{\"id\":";
      }
    }
    return sink.raw("]}").finish();
  }
}
