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

  private AppModule(Builder builder) {
    this.tables = new LinkedHashSet<>(builder.tables);
    this.queries = List.copyOf(builder.queries);
    this.mutations = List.copyOf(builder.mutations);
    this.actions = List.copyOf(builder.actions);
    checkPaths();
  }

  private void checkPaths() {
    Set<String> paths = new LinkedHashSet<>();
    List<FunctionDescriptor<?>> all = new ArrayList<>(queries);
    all.addAll(mutations);
    all.addAll(actions);
    for (FunctionDescriptor<?> function : all) {
      String path = function.signature().path().text();
      if (!paths.add(path)) {
        throw new IllegalArgumentException("two functions are named " + path);
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

  /** Collects a module's parts. */
  public static final class Builder {

    private final Set<Table<?>> tables = new LinkedHashSet<>();
    private final List<FunctionDescriptor.OfQuery<?>> queries = new ArrayList<>();
    private final List<FunctionDescriptor.OfMutation<?>> mutations = new ArrayList<>();
    private final List<FunctionDescriptor.OfAction<?>> actions = new ArrayList<>();

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

    /** Adds everything of another module. */
    public Builder include(AppModule other) {
      tables.addAll(other.tables);
      queries.addAll(other.queries);
      mutations.addAll(other.mutations);
      actions.addAll(other.actions);
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
