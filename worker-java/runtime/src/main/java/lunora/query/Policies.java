package lunora.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.api.AppModule;
import lunora.api.PolicyContext;
import lunora.api.RowPolicy;
import lunora.query.RowRules.Guard;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** The row policies of an app: which tables are guarded, and by what. */
public final class Policies {

  private final Map<Table<?>, Guard<?>> byTable = new HashMap<>();

  private Policies() {}

  /**
   * The policies of an app.
   *
   * @throws IllegalArgumentException when a table has two for the same access, or is not the app's
   */
  public static Policies of(AppModule app) {
    Policies policies = new Policies();
    List<Table<?>> tables = new ArrayList<>(app.schema().tables());
    tables.addAll(app.globalSchema().tables());
    for (Table<?> table : tables) {
      if (table.rls()) {
        policies.byTable.put(table, new Guard<>(table, null, null));
      }
    }
    for (RowPolicy<?> policy : app.policies()) {
      if (!tables.contains(policy.table())) {
        throw new IllegalArgumentException(
            "a policy for table " + policy.table().name() + ", which is not in the app's module");
      }
      policies.add(policy);
    }
    return policies;
  }

  private <D> void add(RowPolicy<D> policy) {
    Guard<D> known = find(policy.table());
    Guard<D> guard = known == null ? new Guard<>(policy.table(), null, null) : known;
    byTable.put(policy.table(), guard.with(policy));
  }

  /** Whether a caller may be denied rows of the table. */
  public boolean guard(Table<?> table) {
    return byTable.containsKey(table);
  }

  /** What a caller may do with the rows of the table. */
  public <D> RowRules<D> rules(Table<D> table, PolicyContext context) {
    Guard<D> guard = find(table);
    return guard == null ? RowRules.none() : new RowRules<>(guard, context);
  }

  @SuppressWarnings("unchecked") // guards are kept under their own table
  private <D> @Nullable Guard<D> find(Table<D> table) {
    return (Guard<D>) byTable.get(table);
  }
}
