package lunora.inspect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.rpc.InputFields;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what would take long, before it begins: SQLite in a Durable Object cannot be interrupted.
 * How many rows a statement may look at is estimated from SQLite's plan, in which a loop within a
 * loop multiplies. Never suspends.
 *
 * @see <a href="https://www.sqlite.org/eqp.html">EXPLAIN QUERY PLAN</a>
 */
final class SqlCost {

  /** The most rows that a statement may look at: some seconds. */
  static final double VISITS_MAX = 20_000_000;

  /** What a search in an index is taken to find, where more than one row can be. */
  private static final double FOUND = 100;

  private final SqlStorage sql;
  private final SqlRows plan;
  private final Map<String, Double> sizes = new HashMap<>();
  private final int recursionMax;

  private SqlCost(SqlStorage sql, SqlRows plan, int recursionMax) {
    this.sql = sql;
    this.plan = plan;
    this.recursionMax = recursionMax;
  }

  /**
   * Looks at a statement.
   *
   * @param select what is about to run
   * @param given what the operator wrote
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when it may take long
   */
  static void check(SqlStorage sql, String select, String given) {
    SqlRows plan = sql.query("EXPLAIN QUERY PLAN " + select);
    double visits = new SqlCost(sql, plan, BoundedRecursion.limit(given)).visits(0);
    if (visits > VISITS_MAX) {
      throw InputFields.invalid(
          "runSql may look at 20,000,000 rows, and this may be more: narrow what it reads");
    }
  }

  /** How often a row is looked at below a node of the plan. */
  private double visits(double parent) {
    double total = 0;
    double loops = 1;
    for (int row = 0; row < plan.size(); row++) {
      if (plan.number(row, 1) != parent) {
        continue;
      }
      String detail = plan.text(row, 3);
      if (detail.startsWith("SCAN ") || detail.startsWith("SEARCH ")) {
        loops *= Math.max(1, found(detail));
        total += loops;
        continue;
      }
      double below = below(detail, plan.number(row, 0));
      if (detail.startsWith("MULTI-INDEX OR")) {
        loops *= Math.max(1, below);
        total += loops;
      } else {
        total += detail.startsWith("CORRELATED") ? loops * below : below;
      }
    }
    return total;
  }

  private double below(String detail, double id) {
    if (detail.startsWith("RECURSIVE STEP")) {
      if (recursionMax < 0) {
        throw InputFields.invalid(
            "what refers to itself ends with LIMIT and a number up to " + BoundedRecursion.MAX);
      }
      return recursionMax * Math.max(1, visits(id));
    }
    if (!detail.startsWith("CO-ROUTINE ") && !detail.startsWith("MATERIALIZE ")) {
      return visits(id);
    }
    String name = detail.substring(detail.indexOf(' ') + 1);
    // While it is looked at its name can only mean the row that a recursion is at.
    sizes.put(name, 1.0);
    double visits = visits(id);
    sizes.put(name, visits);
    return visits;
  }

  /** How many rows one step of a loop finds. */
  private double found(String detail) {
    if (detail.startsWith("SEARCH ")) {
      return detail.contains("(rowid=?)") ? 1 : FOUND;
    }
    if (detail.contains("CONSTANT ROW")) {
      return 1;
    }
    if (detail.contains("VIRTUAL TABLE")) {
      return FOUND;
    }
    String name = detail.substring("SCAN ".length());
    int end = name.indexOf(' ');
    return size(end < 0 ? name : name.substring(0, end));
  }

  /** Of a table or a part of the statement; of an alias that of the largest. */
  private double size(String name) {
    Double known = sizes.get(name);
    if (known != null) {
      return known;
    }
    Map<String, Double> tables = tables();
    double largest = 1;
    for (double size : tables.values()) {
      largest = Math.max(largest, size);
    }
    for (double size : sizes.values()) {
      largest = Math.max(largest, size);
    }
    double size = tables.getOrDefault(name, largest);
    sizes.put(name, size);
    return size;
  }

  private @Nullable Map<String, Double> tables;

  private Map<String, Double> tables() {
    Map<String, Double> known = tables;
    if (known == null) {
      known = new LinkedHashMap<>();
      SqlRows names =
          sql.query(
              "SELECT name, sql LIKE '%WITHOUT ROWID' FROM sqlite_master WHERE type = 'table'"
                  + " AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'");
      for (int row = 0; row < names.size(); row++) {
        String name = names.text(row, 0);
        // Of rows with numbers: at most so many as there are numbers, for the cost of two look-ups.
        String what =
            names.number(row, 1) == 1 ? "count(*)" : "ifnull(max(_rowid_) - min(_rowid_) + 1, 0)";
        String select = "SELECT " + what + " FROM \"" + name.replace("\"", "\"\"") + "\"";
        known.put(name, sql.query(select).number(0, 0));
      }
      tables = known;
    }
    return known;
  }
}
