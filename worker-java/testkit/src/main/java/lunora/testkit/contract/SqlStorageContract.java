package lunora.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lunora.host.local.SqlStorage;

/** The rules of {@link SqlStorage}. The cases own the tables {@code t}, {@code u} and {@code r}. */
public final class SqlStorageContract {

  private SqlStorageContract() {}

  /** All cases, in the order of the interface. */
  public static List<ContractCase<SqlStorage>> cases() {
    List<ContractCase<SqlStorage>> cases = new ArrayList<>();
    cases.addAll(SqlParamCases.cases());
    cases.addAll(SqlRowCases.cases());
    cases.addAll(SqlTransactionCases.cases());
    cases.addAll(SqlLimitCases.cases());
    return cases;
  }

  /** A case that starts with an empty table {@code t(k INTEGER PRIMARY KEY, v)}. */
  static ContractCase<SqlStorage> onTable(String name, Consumer<SqlStorage> body) {
    return new ContractCase<>(
        name,
        sql -> {
          sql.execute("DROP TABLE IF EXISTS t");
          sql.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v)");
          body.accept(sql);
        });
  }

  static double count(SqlStorage sql) {
    return sql.query("SELECT count(*) FROM t").number(0, 0);
  }
}
