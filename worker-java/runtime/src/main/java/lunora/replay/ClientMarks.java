package lunora.replay;

import java.util.HashMap;
import java.util.Map;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/**
 * How far each client's numbered mutations got, {@code __lunora_client_watermark(identity,
 * client_id, last_mutation_id)}; the identity is empty for anonymous clients. In memory are only
 * the marks of clients with a socket.
 */
public final class ClientMarks {

  private static final String TABLE = "__lunora_client_watermark";

  private final SqlStorage sql;
  private final Map<Client, ClientMark> held = new HashMap<>();
  private @Nullable Boolean present;

  /**
   * A client as one identity uses it.
   *
   * @param identity the user's id, empty for an anonymous client
   */
  public record Client(String identity, String clientId) {}

  public ClientMarks(SqlStorage sql) {
    this.sql = sql;
  }

  /** The number of the client's last mutation, {@link ClientMark#NONE} before the first. */
  public long last(Client client) {
    if (!isPresent()) {
      return ClientMark.NONE;
    }
    SqlRows rows =
        sql.query(
            "SELECT last_mutation_id FROM \"" + TABLE + "\" WHERE identity = ? AND client_id = ?",
            client.identity(),
            client.clientId());
    return rows.size() == 0 ? ClientMark.NONE : (long) rows.number(0, 0);
  }

  /** Makes the table if this is the first numbered mutation. Not within a transaction. */
  public void open() {
    if (!isPresent()) {
      sql.execute(
          "CREATE TABLE \""
              + TABLE
              + "\" (identity TEXT NOT NULL, client_id TEXT NOT NULL,"
              + " last_mutation_id INTEGER NOT NULL, PRIMARY KEY (identity, client_id))"
              + " WITHOUT ROWID");
      present = true;
    }
  }

  /** Writes how far the client got. Call it in the mutation's transaction. */
  public void advance(Client client, long applied) {
    sql.execute(
        "INSERT OR REPLACE INTO \"" + TABLE + "\" VALUES (?, ?, ?)",
        client.identity(),
        client.clientId(),
        applied);
  }

  /** Takes note that the transaction of {@link #advance} is committed. */
  public void advanced(Client client, long applied) {
    ClientMark mark = held.get(client);
    if (mark != null) {
      mark.moveTo(applied);
    }
  }

  /** The mark of a client with a socket. */
  public ClientMark hold(Client client) {
    ClientMark mark = held.get(client);
    if (mark == null) {
      mark = new ClientMark(last(client));
      held.put(client, mark);
    }
    return mark;
  }

  /** A socket of the client is gone; others of the same client ask again. */
  public void release(Client client) {
    ClientMark mark = held.remove(client);
    if (mark != null) {
      mark.drop();
    }
  }

  private boolean isPresent() {
    Boolean known = present;
    if (known == null) {
      known = sql.query("SELECT 1 FROM sqlite_master WHERE name = ?", TABLE).size() > 0;
      present = known;
    }
    return known;
  }
}
