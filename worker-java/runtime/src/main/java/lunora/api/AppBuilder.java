package lunora.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.schema.Table;

/** Collects the parts of an {@link AppModule}. */
public final class AppBuilder {

  final Set<Table<?>> tables = new LinkedHashSet<>();
  final List<FunctionDescriptor.OfQuery<?>> queries = new ArrayList<>();
  final List<FunctionDescriptor.OfMutation<?>> mutations = new ArrayList<>();
  final List<FunctionDescriptor.OfAction<?>> actions = new ArrayList<>();
  final List<FunctionDescriptor.OfGlobalQuery<?>> globalQueries = new ArrayList<>();
  final List<FunctionDescriptor.OfGlobalMutation<?>> globalMutations = new ArrayList<>();
  final List<ShapeDescriptor<?>> shapes = new ArrayList<>();
  final List<FunctionDescriptor.OfStream<?>> streams = new ArrayList<>();
  final List<RowPolicy<?>> policies = new ArrayList<>();
  final List<Hook<ConnectionHook>> connectHooks = new ArrayList<>();
  final List<Hook<ConnectionHook>> disconnectHooks = new ArrayList<>();
  final List<Hook<ShardInitHook>> shardInitHooks = new ArrayList<>();
  final List<Hook<WhisperRule>> whisperRules = new ArrayList<>();
  final Map<String, StorageRule> storageRules = new LinkedHashMap<>();
  final List<Trigger> crons = new ArrayList<>();
  final List<Trigger> queueConsumers = new ArrayList<>();
  final List<DataMigration<?>> migrations = new ArrayList<>();
  final Set<String> accepted = new LinkedHashSet<>();

  AppBuilder() {}

  public AppBuilder table(Table<?> table) {
    tables.add(table);
    return this;
  }

  public AppBuilder query(FunctionDescriptor.OfQuery<?> query) {
    queries.add(query);
    return this;
  }

  public AppBuilder mutation(FunctionDescriptor.OfMutation<?> mutation) {
    mutations.add(mutation);
    return this;
  }

  public AppBuilder action(FunctionDescriptor.OfAction<?> action) {
    actions.add(action);
    return this;
  }

  public AppBuilder globalQuery(FunctionDescriptor.OfGlobalQuery<?> query) {
    globalQueries.add(query);
    return this;
  }

  public AppBuilder globalMutation(FunctionDescriptor.OfGlobalMutation<?> mutation) {
    globalMutations.add(mutation);
    return this;
  }

  public AppBuilder shape(ShapeDescriptor<?> shape) {
    shapes.add(shape);
    return this;
  }

  public AppBuilder stream(FunctionDescriptor.OfStream<?> stream) {
    streams.add(stream);
    return this;
  }

  /** Adds a policy; a table has at most one for reading and one for writing. */
  public <D> AppBuilder policy(Table<D> table, RowAccess access, PolicyRule<D> rule) {
    policies.add(new RowPolicy<>(table, access, rule));
    return this;
  }

  /** Adds a hook; hooks run in the order in which they were added. */
  public AppBuilder onConnect(String path, ConnectionHook hook) {
    connectHooks.add(new Hook<>(new FunctionPath(path), hook));
    return this;
  }

  /** Adds a hook; hooks run in the order in which they were added. */
  public AppBuilder onDisconnect(String path, ConnectionHook hook) {
    disconnectHooks.add(new Hook<>(new FunctionPath(path), hook));
    return this;
  }

  /** Adds a hook; hooks run in the order in which they were added. */
  public AppBuilder onShardInit(String path, ShardInitHook hook) {
    shardInitHooks.add(new Hook<>(new FunctionPath(path), hook));
    return this;
  }

  /** Adds a rule that every whisper has to pass. */
  public AppBuilder onWhisper(String path, WhisperRule rule) {
    whisperRules.add(new Hook<>(new FunctionPath(path), rule));
    return this;
  }

  /**
   * Decides about the files whose keys begin so; the longest beginning counts. In an app that has
   * any rule, what none is for is forbidden.
   */
  public AppBuilder storage(String prefix, StorageRule rule) {
    storageRules.put(prefix, rule);
    return this;
  }

  /** Has a mutation or action without parameters called by a cron trigger: {@link Cron}. */
  public AppBuilder cron(String expression, FunctionDescriptor<?> function) {
    crons.add(trigger(expression, function, 0));
    return this;
  }

  /** Has a mutation or action called for each message of a queue: {@link QueueConsumer}. */
  public AppBuilder queueConsumer(String queue, FunctionDescriptor<?> function) {
    queueConsumers.add(trigger(queue, function, 1));
    return this;
  }

  /** Adds a change of stored rows, which operators run by its id. */
  public AppBuilder migration(DataMigration<?> migration) {
    migrations.add(migration);
    return this;
  }

  /**
   * Accepts that the schema gives up data which shards may hold, in the words in which {@code
   * lunora schema} and a shard that refuses ask for it, such as {@code drop notes.subject}.
   */
  public AppBuilder accept(String loss) {
    accepted.add(loss);
    return this;
  }

  /** Adds everything of another module. */
  public AppBuilder include(AppModule other) {
    tables.addAll(other.tables());
    queries.addAll(other.queries());
    mutations.addAll(other.mutations());
    actions.addAll(other.actions());
    globalQueries.addAll(other.globalQueries());
    globalMutations.addAll(other.globalMutations());
    shapes.addAll(other.shapes());
    streams.addAll(other.streams());
    policies.addAll(other.policies());
    connectHooks.addAll(other.connectHooks());
    disconnectHooks.addAll(other.disconnectHooks());
    shardInitHooks.addAll(other.shardInitHooks());
    whisperRules.addAll(other.whisperRules());
    storageRules.putAll(other.storageRules());
    crons.addAll(other.crons());
    queueConsumers.addAll(other.queueConsumers());
    migrations.addAll(other.migrations());
    accepted.addAll(other.accepted());
    return this;
  }

  /**
   * The module.
   *
   * @throws IllegalArgumentException if two functions or tables share a name
   */
  public AppModule build() {
    AppModule module = new AppModule(this);
    module.globalSchema();
    return module;
  }

  private static Trigger trigger(String source, FunctionDescriptor<?> function, int params) {
    FunctionDescriptor.Signature<?> signature = function.signature();
    boolean fits =
        signature.params().size() == params
            && (function instanceof FunctionDescriptor.OfMutation
                || function instanceof FunctionDescriptor.OfAction);
    if (!fits || source.isBlank()) {
      throw new IllegalArgumentException(
          signature.path()
              + " cannot be called by '"
              + source
              + "': that takes a mutation or action"
              + (params == 0 ? " without parameters" : " with one parameter"));
    }
    return new Trigger(
        source, signature.path(), params == 0 ? "" : signature.params().get(0).name());
  }
}
