package lunora.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lunora.error.LunoraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlySqlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select * from messages where body = 'a; DROP TABLE messages'",
        "VALUES (1), (2)",
        "WITH a AS (SELECT 1 AS x) SELECT x FROM a",
        "SELECT replace(body, 'a', 'b') FROM messages",
        "SELECT \"insert\", [delete], `update` FROM messages",
        "SELECT 'it''s' -- a comment; DELETE FROM messages",
        "/* first */ SELECT 1 /* ; */ ;  \n -- behind the end",
      })
  void whatReadsIsTaken(String sql) {
    ReadOnlySql.check(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE messages",
        "SELECT 1) ; DROP TABLE messages; SELECT (1",
        "SELECT 1) UNION SELECT (2",
        "SELECT (1",
        "INSERT INTO messages VALUES (1)",
        "WITH a AS (SELECT 1) DELETE FROM messages",
        "WITH a AS (SELECT 1) INSERT INTO messages SELECT 1",
        "WITH a AS (SELECT 1) UPDATE messages SET body = 1 RETURNING body",
        "REPLACE INTO messages VALUES (1)",
        "PRAGMA foreign_keys = OFF",
        "pragma table_info(messages)",
        "EXPLAIN DELETE FROM messages",
        "ATTACH 'x' AS y",
        "BEGIN",
        "VACUUM",
        "CREATE TABLE x (y)",
        "SELECT 'open",
        "SELECT \"open",
        "-- only a comment",
        "/* SELECT 1 */ DELETE FROM messages",
      })
  void everythingElseIsRefused(String sql) {
    LunoraException refusal =
        assertThrows(LunoraException.class, () -> ReadOnlySql.check(sql), sql);
    assertEquals("INVALID_INPUT", refusal.code());
  }

  @Test
  void commentsAndTheEndAreLeftOut() {
    assertEquals("SELECT 1 ", ReadOnlySql.check("SELECT 1;-- so"));
  }
}
