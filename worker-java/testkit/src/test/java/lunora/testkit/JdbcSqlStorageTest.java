package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beyond the contract: production's limits, counting, files. */
class JdbcSqlStorageTest {

  @Test
  void refusesValuesThatOnlyProductionRefuses() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (v)");
      assertThrows(
          SqlFailure.class,
          () -> sql.execute("INSERT INTO t (v) VALUES (?)", "x".repeat(2_000_001)));
      assertThrows(
          SqlFailure.class,
          () -> sql.execute("INSERT INTO t (v) VALUES (?)", "é".repeat(1_000_001)));
      assertThrows(
          SqlFailure.class, () -> sql.execute("INSERT INTO t (v) VALUES (?)", new byte[2_000_001]));
      sql.execute("INSERT INTO t (v) VALUES (?)", "x".repeat(1_999_900));
      assertEquals(1, sql.query("SELECT count(*) FROM t").number(0, 0));
    }
  }

  @Test
  void refusesAConflictRuleThatResetsTheObject() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (k PRIMARY KEY)");
      assertThrows(SqlFailure.class, () -> sql.execute("INSERT OR ROLLBACK INTO t VALUES (1)"));
    }
  }

  @Test
  void countsStatementsAndRows() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (v); INSERT INTO t VALUES (1)");
      sql.resetStatements();
      sql.transaction(() -> sql.query("SELECT v FROM t"));
      assertEquals(List.of("SELECT v FROM t"), sql.statements());
      assertEquals(1, sql.rowsRead());
    }
  }

  @Test
  void preparedStatementsFollowTheSchema() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (v)");
      sql.execute("INSERT INTO t VALUES ('x')");
      assertEquals("x", sql.query("SELECT * FROM t").text(0, 0));
      sql.execute("ALTER TABLE t ADD COLUMN w DEFAULT 'y'");
      assertEquals("y", sql.query("SELECT * FROM t").text(0, 1));
    }
  }

  @Test
  void aFileKeepsWhatWasCommitted(@TempDir Path folder) {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inFile(folder.resolve("shard.db"))) {
      sql.execute("CREATE TABLE t (v)");
      sql.transaction(
          () -> {
            sql.execute("INSERT INTO t VALUES ('kept')");
            return 0;
          });
      sql.reopen();
      assertEquals("kept", sql.query("SELECT v FROM t").text(0, 0));
    }
  }

  @Test
  void aCrashInATransactionLeavesNothing(@TempDir Path folder) {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inFile(folder.resolve("shard.db"))) {
      sql.execute("CREATE TABLE t (v)");
      assertThrows(
          IllegalStateException.class,
          () ->
              sql.transaction(
                  () -> {
                    sql.execute("INSERT INTO t VALUES ('lost')");
                    sql.close();
                    throw new IllegalStateException("power cut");
                  }));
      sql.reopen();
      assertEquals(0, sql.query("SELECT v FROM t").size());
    }
  }

  @Test
  void aClosedDatabaseRefuses() {
    JdbcSqlStorage sql = JdbcSqlStorage.inMemory();
    sql.close();
    assertThrows(IllegalStateException.class, () -> sql.query("SELECT 1"));
  }

  @Test
  void readingAndWritingAreKeptApart() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      assertThrows(SqlFailure.class, () -> sql.query("CREATE TABLE t (v)"));
      assertThrows(SqlFailure.class, () -> sql.execute("SELECT 1"));
    }
  }

  /** The platform would run the list and look only at the last statement. */
  @Test
  void oneStatementIsOneStatement() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE t (v)");
      assertThrows(
          SqlFailure.class, () -> sql.execute("DELETE FROM t; INSERT INTO t VALUES (?)", 1));
      assertThrows(SqlFailure.class, () -> sql.query("SELECT 1; SELECT 2"));
    }
  }

  @Test
  void aCommitThatFailsRollsBack() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      sql.execute("CREATE TABLE p (k INTEGER PRIMARY KEY)");
      sql.execute("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
      assertThrows(
          SqlFailure.class,
          () ->
              sql.transaction(
                  () -> {
                    sql.execute("INSERT INTO c VALUES (1)");
                    return 0;
                  }));
      assertEquals(0, sql.query("SELECT * FROM c").size());
      assertEquals(7, sql.<Integer>transaction(() -> 7));
    }
  }

  @Test
  void manyStatementsDoNotFillTheCache() {
    try (JdbcSqlStorage sql = JdbcSqlStorage.inMemory()) {
      for (int i = 0; i < 1200; i++) {
        assertEquals(i, sql.query("SELECT " + i).number(0, 0));
      }
    }
  }

  @Test
  void aCopyIsRestoredAndWritable() {
    try (JdbcSqlStorage storage = JdbcSqlStorage.inMemory()) {
      storage.execute("CREATE TABLE t (a)");
      storage.execute("INSERT INTO t VALUES (?)", 1);
      byte[] copy = storage.copy();
      storage.execute("INSERT INTO t VALUES (?)", 2);
      storage.restore(copy);
      assertEquals(1, storage.query("SELECT a FROM t").size());
      for (int i = 0; i < 1000; i++) {
        storage.execute("INSERT INTO t VALUES (?)", "x".repeat(1000));
      }
      assertEquals(1001, storage.query("SELECT a FROM t").size());
    }
  }
}
