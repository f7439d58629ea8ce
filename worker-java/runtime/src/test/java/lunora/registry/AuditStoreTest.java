package lunora.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lunora.host.local.SqlStorage;
import lunora.testkit.FakeShardHost;
import org.junit.jupiter.api.Test;

/** The record of operators is only added to, and yet does not grow without end. */
class AuditStoreTest {

  private static final String TABLE = "\"__lunora_admin_audit\"";

  private final SqlStorage sql = FakeShardHost.inMemory("registry").sql();
  private final AuditStore audit = new AuditStore(sql);

  private long add() {
    return audit.add(new AuditStore.Row(1, "token", "", "ping", null, null, null, null));
  }

  private void skipTo(long seq) {
    sql.execute("INSERT INTO " + TABLE + " (seq, at) VALUES (?, 1)", seq);
  }

  private double number(String query) {
    return sql.query(query).number(0, 0);
  }

  @Test
  void theOldestAreForgottenWhenSoManyCameAfterThem() {
    add();
    skipTo(AuditStore.KEPT_ROWS + AuditStore.TRIM_ROWS - 2);
    add();
    assertEquals(3, number("SELECT count(*) FROM " + TABLE));
    assertEquals(AuditStore.KEPT_ROWS + AuditStore.TRIM_ROWS, add());
    assertEquals(3, number("SELECT count(*) FROM " + TABLE), "the first is forgotten");
    assertEquals(
        1,
        audit.add(new AuditStore.Row(1, "a", "", "b", null, null, null, null))
            - AuditStore.KEPT_ROWS
            - AuditStore.TRIM_ROWS);
  }

  @Test
  void nobodyTakesAwayWhatIsKept() {
    long first = add();
    skipTo(first + AuditStore.KEPT_ROWS - 1);
    assertThrows(
        RuntimeException.class,
        () -> sql.execute("DELETE FROM " + TABLE + " WHERE seq = ?", first));
    add();
    sql.execute("DELETE FROM " + TABLE + " WHERE seq = ?", first);
    assertThrows(RuntimeException.class, () -> sql.execute("DELETE FROM " + TABLE));
    assertThrows(RuntimeException.class, () -> sql.execute("UPDATE " + TABLE + " SET status = 1"));
  }
}
