package lunora.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.remote.Bindings;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import lunora.schema.Schema;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** The global tables of an app, as backups and imports reach them: from the Worker. */
final class GlobalTables {

  private static final String BINDING = "DB";

  private final Schema schema;

  GlobalTables(Schema schema) {
    this.schema = schema;
  }

  /** The table of that name, or null. */
  @Nullable Table<?> find(String name) {
    for (Table<?> table : schema.tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    return null;
  }

  /** Those named, or all where nobody names any. */
  List<Table<?>> named(List<String> names) {
    List<Table<?>> named = new ArrayList<>(schema.tables());
    named.removeIf(table -> !names.isEmpty() && !names.contains(table.name()));
    return named;
  }

  /**
   * The lines of some tables; null where there are no such tables, or no database: without one no
   * function could have put a row there. Never suspends.
   */
  @Nullable GlobalLines lines(List<String> names, Bindings bindings) {
    List<Table<?>> named = named(names);
    GlobalSession session = named.isEmpty() ? null : session(bindings);
    return session == null ? null : new GlobalLines(session, named);
  }

  /** A session at the primary; null where no database is bound. Never suspends. */
  @Nullable GlobalSession session(Bindings bindings) {
    if (schema.tables().isEmpty()) {
      return null;
    }
    try {
      return bindings.database(BINDING).start(GlobalDatabase.Start.PRIMARY);
    } catch (LunoraException e) {
      if (e.code().equals(ErrorCode.MISCONFIGURED.name())) {
        return null;
      }
      throw e;
    }
  }

  /** The names of the tables in a database: those whose migration was applied. May suspend. */
  static Set<String> made(GlobalSession session) {
    SqlRows found = session.query("SELECT name FROM sqlite_master WHERE type = 'table'");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      names.add(found.text(i, 0));
    }
    return names;
  }

  /** What an import meets where {@link #session} is null. */
  static LunoraException notBound() {
    return new LunoraException(
        ErrorCode.GLOBAL_NOT_CONFIGURED, "wrangler.jsonc binds no database as " + BINDING);
  }
}
