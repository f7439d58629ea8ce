package lunora.bridge.host;

import lunora.bridge.workers.D1Database;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;

/**
 * A D1 database.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/d1-database/">D1</a>
 */
public final class CfGlobalDatabase implements GlobalDatabase {

  private final D1Database database;

  public CfGlobalDatabase(D1Database database) {
    this.database = database;
  }

  @Override
  public GlobalSession start(Start where) {
    return new CfGlobalSession(
        where == Start.PRIMARY ? database.startAtPrimary() : database.startAnywhere());
  }

  @Override
  public GlobalSession resume(String bookmark) {
    return new CfGlobalSession(database.resume(bookmark));
  }
}
