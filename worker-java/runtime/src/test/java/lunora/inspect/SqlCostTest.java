package lunora.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lunora.error.LunoraException;
import lunora.host.local.SqlStorage;
import lunora.testkit.FakeShardHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCostTest {

  private final SqlStorage sql = FakeShardHost.inMemory("costs").sql();

  @BeforeEach
  void rows() {
    sql.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, a TEXT, b TEXT)");
    sql.execute("CREATE INDEX rows_a ON rows (a)");
    sql.execute("CREATE TABLE few (a TEXT PRIMARY KEY) WITHOUT ROWID");
    // The number of rows is taken from the last one's.
    sql.execute("INSERT INTO rows VALUES (1, 'a', 'b'), (10000, 'c', 'd')");
    sql.execute("INSERT INTO few VALUES ('a'), ('c')");
  }

  private void check(String statement) {
    SqlCost.check(sql, statement, statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT count(*) FROM rows",
        "SELECT * FROM rows JOIN few ON rows.a = few.a",
        "SELECT * FROM rows x JOIN rows y ON x.seq = y.seq",
        "SELECT * FROM rows x JOIN rows y ON x.a = y.a",
        "SELECT a, (SELECT count(*) FROM few WHERE few.a = rows.a) FROM rows ORDER BY b",
        "SELECT a FROM rows UNION SELECT a FROM few",
        "VALUES (1), (2)",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) SELECT x FROM c",
        "SELECT value FROM rows, json_each('[1,2]')",
        "SELECT * FROM rows WHERE a = 'a' OR seq = 1",
      })
  void whatEndsSoonIsRun(String statement) {
    check(statement);
    sql.query(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM rows, rows AS more",
        "SELECT count(*) FROM rows x, rows y, rows z WHERE x.b = y.b AND y.b = z.b || 'x' OR x.b = 'q'",
        "SELECT (SELECT count(*) FROM rows y WHERE y.b > x.b) FROM rows x",
        "WITH m AS MATERIALIZED (SELECT * FROM rows) SELECT count(*) FROM m, m AS n WHERE m.b > n.b",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT -1) SELECT count(*) FROM c",
        "WITH c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c LIMIT 10 + 1e9) SELECT count(*) FROM c",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c), d AS (SELECT 1 LIMIT 5) SELECT max(x) FROM c, d",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < (SELECT 1 LIMIT 1)) SELECT x FROM c",
      })
  void whatMayTakeLongIsRefused(String statement) {
    LunoraException refusal = assertThrows(LunoraException.class, () -> check(statement));
    assertEquals("INVALID_INPUT", refusal.code());
  }

  @Test
  void theBoundIsOfRowsNotOfLoops() {
    sql.execute("UPDATE rows SET seq = 30000000 WHERE seq = 10000");
    assertThrows(LunoraException.class, () -> check("SELECT count(*) FROM rows WHERE b = 'x'"));
    check("SELECT * FROM rows WHERE a = 'x'");
  }
}
