package lunora.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final List<ShapeDescriptor<?>> shapes;
  private final List<FunctionDescriptor.OfStream<?>> streams;
  private final List<RowPolicy<?>> policies;
  private final List<Hook<ConnectionHook>> connectHooks;
  private final List<Hook<ConnectionHook>> disconnectHooks;
  private final List<Hook<ShardInitHook>> shardInitHooks;
  private final List<Hook<WhisperRule>> whisperRules;
  private final List<Trigger> crons;
  private final List<Trigger> queueConsumers;

  private AppModule(Builder builder) {
    this.tables = new LinkedHashSet<>(builder.tables);
    this.queries = List.copyOf(builder.queries);
    this.mutations = List.copyOf(builder.mutations);
    this.actions = List.copyOf(builder.actions);
    this.shapes = List.copyOf(builder.shapes);
    this.streams = List.copyOf(builder.streams);
    this.policies = List.copyOf(builder.policies);
    this.connectHooks = List.copyOf(builder.connectHooks);
    this.disconnectHooks = List.copyOf(builder.disconnectHooks);
    this.shardInitHooks = List.copyOf(builder.shardInitHooks);
    this.whisperRules = List.copyOf(builder.whisperRules);
    this.crons = List.copyOf(builder.crons);
    this.queueConsumers = List.copyOf(builder.queueConsumers);
    checkPaths();
    checkConsumers();
  }

  private void checkPaths() {
    Set<String> paths = new LinkedHashSet<>();
    List<FunctionDescriptor<?>> all = new ArrayList<>(queries);
    all.addAll(mutations);
    all.addAll(actions);
    all.addAll(streams);
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

  private void checkConsumers() {
    Set<String> queues = new LinkedHashSet<>();
    for (Trigger consumer : queueConsumers) {
      if (!queues.add(consumer.source())) {
        throw new IllegalArgumentException("two functions consume the queue " + consumer.source());
      }
    }
  }

  /** Starts a module. */
  public static Builder create() {
    return new Builder();
  }

  /** The tables as a schema. */
  public Schema schema() {
    return new Schema(new ArrayList<>(tables));
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

  /** What cron triggers call, by their expressions. */
  public List<Trigger> crons() {
    return crons;
  }

  /** What takes the messages of queues, by their names. */
  public List<Trigger> queueConsumers() {
    return queueConsumers;
  }

  /** Collects a module's parts. */
  public static final class Builder {

    private final Set<Table<?>> tables = new LinkedHashSet<>();
    private final List<FunctionDescriptor.OfQuery<?>> queries = new ArrayList<>();
    private final List<FunctionDescriptor.OfMutation<?>> mutations = new ArrayList<>();
    private final List<FunctionDescriptor.OfAction<?>> actions = new ArrayList<>();
    private final List<ShapeDescriptor<?>> shapes = new ArrayList<>();
    private final List<FunctionDescriptor.OfStream<?>> streams = new ArrayList<>();
    private final List<RowPolicy<?>> policies = new ArrayList<>();
    private final List<Hook<ConnectionHook>> connectHooks = new ArrayList<>();
    private final List<Hook<ConnectionHook>> disconnectHooks = new ArrayList<>();
    private final List<Hook<ShardInitHook>> shardInitHooks = new ArrayList<>();
    private final List<Hook<WhisperRule>> whisperRules = new ArrayList<>();
    private final List<Trigger> crons = new ArrayList<>();
    private final List<Trigger> queueConsumers = new ArrayList<>();

    private Builder() {}

    public Builder table(Table<?> table) {
      tables.add(table);
      return this;
    }

    public Builder query(FunctionDescriptor.OfQuery<?> query) {
      queries.add(query);
      return this;
    }

    public Builder mutation(FunctionDescriptor.OfMutation<?> mutation) {
      mutations.add(mutation);
      return this;
    }

    public Builder action(FunctionDescriptor.OfAction<?> action) {
      actions.add(action);
      return this;
    }

    public Builder shape(ShapeDescriptor<?> shape) {
      shapes.add(shape);
      return this;
    }

    public Builder stream(FunctionDescriptor.OfStream<?> stream) {
      streams.add(stream);
      return this;
    }

    /** Adds a policy; a table has at most one for reading and one for writing. */
    public <D> Builder policy(Table<D> table, RowAccess access, PolicyRule<D> rule) {
      policies.add(new RowPolicy<>(table, access, rule));
      return this;
    }

    /** Adds a hook; hooks run in the order in which they were added. */
    public Builder onConnect(String path, ConnectionHook hook) {
      connectHooks.add(new Hook<>(new FunctionPath(path), hook));
      return this;
    }

    /** Adds a hook; hooks run in the order in which they were added. */
    public Builder onDisconnect(String path, ConnectionHook hook) {
      disconnectHooks.add(new Hook<>(new FunctionPath(path), hook));
      return this;
    }

    /** Adds a hook; hooks run in the order in which they were added. */
    public Builder onShardInit(String path, ShardInitHook hook) {
      shardInitHooks.add(new Hook<>(new FunctionPath(path), hook));
      return this;
    }

    /** Adds a rule that every whisper has to pass. */
    public Builder onWhisper(String path, WhisperRule rule) {
      whisperRules.add(new Hook<>(new FunctionPath(path), rule));
      return this;
    }

    /** Has a mutation or action without parameters called by a cron trigger: {@link Cron}. */
    public Builder cron(String expression, FunctionDescriptor<?> function) {
      crons.add(trigger(expression, function, 0));
      return this;
    }

    /** Has a mutation or action called for each message of a queue: {@link QueueConsumer}. */
    public Builder queueConsumer(String queue, FunctionDescriptor<?> function) {
      queueConsumers.add(trigger(queue, function, 1));
      return this;
    }

    /** Adds everything of another module. */
    public Builder include(AppModule other) {
      tables.addAll(other.tables);
      queries.addAll(other.queries);
      mutations.addAll(other.mutations);
      actions.addAll(other.actions);
      shapes.addAll(other.shapes);
      streams.addAll(other.streams);
      policies.addAll(other.policies);
      connectHooks.addAll(other.connectHooks);
      disconnectHooks.addAll(other.disconnectHooks);
      shardInitHooks.addAll(other.shardInitHooks);
      whisperRules.addAll(other.whisperRules);
      crons.addAll(other.crons);
      queueConsumers.addAll(other.queueConsumers);
      return this;
    }

    /**
     * The module.
     *
     * @throws IllegalArgumentException if two functions or tables share a name
     */
    public AppModule build() {
      AppModule module = new AppModule(this);
      module.schema();
      return module;
    }
  }
}
