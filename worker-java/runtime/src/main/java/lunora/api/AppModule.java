package lunora.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.schema.Schema;
import lunora.schema.Table;

/**
 * An app, or a part of one: its tables and functions. This is all that the engine knows of an app;
 * the annotation processor only writes code that builds one.
 */
public final class AppModule {

  private final Set<Table<?>> tables;
  private final List<FunctionDescriptor.OfQuery<?>> queries;
  private final List<FunctionDescriptor.OfMutation<?>> mutations;
  private final List<FunctionDescriptor.OfAction<?>> actions;
  private final List<FunctionDescriptor.OfGlobalQuery<?>> globalQueries;
  private final List<FunctionDescriptor.OfGlobalMutation<?>> globalMutations;
  private final List<ShapeDescriptor<?>> shapes;
  private final List<FunctionDescriptor.OfStream<?>> streams;
  private final List<RowPolicy<?>> policies;
  private final List<Hook<ConnectionHook>> connectHooks;
  private final List<Hook<ConnectionHook>> disconnectHooks;
  private final List<Hook<ShardInitHook>> shardInitHooks;
  private final List<Hook<WhisperRule>> whisperRules;
  private final Map<String, StorageRule> storageRules;
  private final List<Trigger> crons;
  private final List<Trigger> queueConsumers;
  private final List<DataMigration<?>> migrations;
  private final Set<String> accepted;
  private final Schema schema;

  AppModule(AppBuilder builder) {
    this.tables = new LinkedHashSet<>(builder.tables);
    this.queries = List.copyOf(builder.queries);
    this.mutations = List.copyOf(builder.mutations);
    this.actions = List.copyOf(builder.actions);
    this.globalQueries = List.copyOf(builder.globalQueries);
    this.globalMutations = List.copyOf(builder.globalMutations);
    this.shapes = List.copyOf(builder.shapes);
    this.streams = List.copyOf(builder.streams);
    this.policies = List.copyOf(builder.policies);
    this.connectHooks = List.copyOf(builder.connectHooks);
    this.disconnectHooks = List.copyOf(builder.disconnectHooks);
    this.shardInitHooks = List.copyOf(builder.shardInitHooks);
    this.whisperRules = List.copyOf(builder.whisperRules);
    this.storageRules = Map.copyOf(builder.storageRules);
    this.crons = List.copyOf(builder.crons);
    this.queueConsumers = List.copyOf(builder.queueConsumers);
    this.migrations = List.copyOf(builder.migrations);
    this.accepted = Set.copyOf(builder.accepted);
    this.schema = new Schema(tables(false));
    checkPaths();
    checkConsumers();
    checkMigrations();
  }

  private void checkMigrations() {
    Set<String> ids = new LinkedHashSet<>();
    for (DataMigration<?> migration : migrations) {
      if (!ids.add(migration.id())) {
        throw new IllegalArgumentException("two migrations are named " + migration.id());
      }
      if (migration.table().isGlobal()) {
        throw new IllegalArgumentException(
            "migration "
                + migration.id()
                + ": rows of the global table "
                + migration.table().name()
                + " are in D1, which migrates by SQL files");
      }
    }
  }

  private void checkPaths() {
    Set<String> paths = new LinkedHashSet<>();
    List<FunctionDescriptor<?>> all = new ArrayList<>(queries);
    all.addAll(mutations);
    all.addAll(actions);
    all.addAll(streams);
    all.addAll(globalQueries);
    all.addAll(globalMutations);
    for (FunctionDescriptor<?> function : all) {
      String path = function.signature().path().text();
      if (!paths.add(path)) {
        throw new IllegalArgumentException("two functions are named " + path);
      }
    }
    for (ShapeDescriptor<?> shape : shapes) {
      if (!paths.add(shape.name())) {
        throw new IllegalArgumentException("two shapes are named " + shape.name());
      }
    }
  }

  private void checkConsumers() {
    Set<String> queues = new LinkedHashSet<>();
    for (Trigger consumer : queueConsumers) {
      if (!queues.add(consumer.source())) {
        throw new IllegalArgumentException("two functions consume the queue " + consumer.source());
      }
    }
  }

  /** Starts a module. */
  public static AppBuilder create() {
    return new AppBuilder();
  }

  /** The tables of a shard as a schema. */
  public Schema schema() {
    return schema;
  }

  /** The tables of the database that all shards share, as a schema. */
  public Schema globalSchema() {
    return new Schema(tables(true));
  }

  /** All of them, of either place. */
  Set<Table<?>> tables() {
    return tables;
  }

  private List<Table<?>> tables(boolean global) {
    List<Table<?>> some = new ArrayList<>(tables);
    some.removeIf(table -> table.isGlobal() != global);
    return some;
  }

  public List<FunctionDescriptor.OfQuery<?>> queries() {
    return queries;
  }

  public List<FunctionDescriptor.OfMutation<?>> mutations() {
    return mutations;
  }

  public List<FunctionDescriptor.OfAction<?>> actions() {
    return actions;
  }

  public List<FunctionDescriptor.OfGlobalQuery<?>> globalQueries() {
    return globalQueries;
  }

  public List<FunctionDescriptor.OfGlobalMutation<?>> globalMutations() {
    return globalMutations;
  }

  /** The sets of rows that clients may keep a copy of. */
  public List<ShapeDescriptor<?>> shapes() {
    return shapes;
  }

  public List<FunctionDescriptor.OfStream<?>> streams() {
    return streams;
  }

  /** Which rows of which tables a caller may read and write. */
  public List<RowPolicy<?>> policies() {
    return policies;
  }

  /** What runs when a client has connected. */
  public List<Hook<ConnectionHook>> connectHooks() {
    return connectHooks;
  }

  /** What runs when a client is gone. */
  public List<Hook<ConnectionHook>> disconnectHooks() {
    return disconnectHooks;
  }

  /** What runs when a shard wakes. */
  public List<Hook<ShardInitHook>> shardInitHooks() {
    return shardInitHooks;
  }

  /** What has to agree to a whisper. */
  public List<Hook<WhisperRule>> whisperRules() {
    return whisperRules;
  }

  /** Who may do what with files, by what their keys begin with. */
  public Map<String, StorageRule> storageRules() {
    return storageRules;
  }

  /** What cron triggers call, by their expressions. */
  public List<Trigger> crons() {
    return crons;
  }

  /** What takes the messages of queues, by their names. */
  public List<Trigger> queueConsumers() {
    return queueConsumers;
  }

  /** The changes of stored rows that operators can run. */
  public List<DataMigration<?>> migrations() {
    return migrations;
  }

  /**
   * What the schema may give up of the data there is, in the words of {@link AppBuilder#accept}.
   */
  public Set<String> accepted() {
    return accepted;
  }
}
