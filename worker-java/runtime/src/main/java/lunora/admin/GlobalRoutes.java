package lunora.admin;

import java.util.ArrayList;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.global.GlobalSchema;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcResponses;
import lunora.schema.Field;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The global tables, as the primary database has them (protocol section 15.3): their names, rows
 * and values. Nothing is written. Everything may suspend.
 */
public final class GlobalRoutes {

  private static final int ROWS_ABSENT = 50;
  private static final int ROWS_MAX = 500;

  private final Schema schema;

  private GlobalRoutes(Schema schema) {
    this.schema = schema;
  }

  /**
   * Adds {@code global/tables}, {@code global/table} and {@code global/facet}.
   *
   * @param schema of the global tables alone
   */
  public static void add(AdminRoutes routes, Schema schema) {
    GlobalRoutes globals = new GlobalRoutes(schema);
    routes.add("GET global/tables", globals::tables);
    routes.add("GET global/table", globals::page);
    routes.add("GET global/facet", globals::facet);
  }

  private GlobalSession session(WorkerHost host) {
    if (schema.tables().isEmpty()) {
      throw new LunoraException(ErrorCode.GLOBALS_NOT_CONFIGURED, "this app has no global tables");
    }
    GlobalDatabase database;
    try {
      database = host.database(GlobalSchema.BINDING);
    } catch (LunoraException e) {
      throw new LunoraException(
          ErrorCode.GLOBALS_NOT_CONFIGURED, "wrangler.jsonc binds no " + GlobalSchema.BINDING);
    }
    return database.start(GlobalDatabase.Start.PRIMARY);
  }

  private Table<?> table(HttpRequest request) {
    String name = request.query("table");
    for (Table<?> table : schema.tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "this app has no such global table");
  }

  private static GlobalStatement count(Table<?> table) {
    return GlobalStatement.of("SELECT count(*) FROM " + TableLayout.quote(table.name()));
  }

  /** The rows of each; what the database refuses is refused with the operator's next step. */
  private static List<SqlRows> read(GlobalSession session, List<GlobalStatement> statements) {
    try {
      List<SqlRows> answers = session.batch(statements);
      return answers;
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private static RuntimeException refused(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).contains("no such table")
        ? new LunoraException(
                ErrorCode.GLOBAL_NOT_CONFIGURED, "a global table has not been made in the database")
            .withHint("apply its migrations: npx wrangler d1 migrations apply DB")
        : failure;
  }

  private HttpResponse tables(HttpRequest request, WorkerHost host) {
    GlobalSession session = session(host);
    List<Table<?>> tables = schema.tables();
    List<GlobalStatement> statements = new ArrayList<>();
    for (Table<?> table : tables) {
      statements.add(count(table));
    }
    List<SqlRows> counts = read(session, statements);
    JsonWriter json = new JsonWriter().raw("{\"tables\":[");
    for (int i = 0; i < tables.size(); i++) {
      json.raw(i == 0 ? "{\"name\":" : ",{\"name\":").string(tables.get(i).name());
      json.raw(",\"rows\":").number(counts.get(i).number(0, 0)).raw("}");
    }
    return RpcResponses.json(200, json.raw("]}").finish());
  }

  private HttpResponse page(HttpRequest request, WorkerHost host) {
    GlobalSession session = session(host);
    Table<?> table = table(request);
    int limit = AdminInput.number(request, "limit", ROWS_ABSENT, 1, ROWS_MAX);
    int offset = AdminInput.number(request, "offset", 0, 0, Integer.MAX_VALUE);
    String select =
        "SELECT "
            + TableLayout.DOC
            + " FROM "
            + TableLayout.quote(table.name())
            + " ORDER BY "
            + TableLayout.CREATION_TIME
            + ", "
            + TableLayout.ID
            + " LIMIT ? OFFSET ?";
    List<GlobalStatement> statements = new ArrayList<>();
    statements.add(count(table));
    statements.add(GlobalStatement.of(select, limit, offset));
    List<SqlRows> answers = read(session, statements);
    double total = answers.get(0).number(0, 0);
    SqlRows rows = answers.get(1);
    JsonWriter json = new JsonWriter().raw("{\"rows\":[");
    for (int row = 0; row < rows.size(); row++) {
      json.raw(row == 0 ? "" : ",").raw(rows.text(row, 0));
    }
    json.raw("],\"limit\":").number(limit).raw(",\"offset\":").number(offset);
    json.raw(",\"total\":").number(total);
    json.raw(",\"hasMore\":").raw(offset + (double) rows.size() < total ? "true" : "false");
    return RpcResponses.json(200, json.raw("}").finish());
  }

  private HttpResponse facet(HttpRequest request, WorkerHost host) {
    GlobalSession session = session(host);
    Table<?> table = table(request);
    String column = column(table, request.query("column"));
    int limit = AdminInput.number(request, "limit", ROWS_ABSENT, 1, ROWS_MAX);
    String select =
        "SELECT json_object('value', json_extract("
            + TableLayout.DOC
            + ", ?), 'count', count(*)) FROM "
            + TableLayout.quote(table.name())
            + " GROUP BY json_extract("
            + TableLayout.DOC
            + ", ?) ORDER BY count(*) DESC LIMIT ?";
    GlobalStatement statement = GlobalStatement.of(select, column, column, limit);
    List<SqlRows> answers = read(session, List.of(statement));
    SqlRows rows = answers.get(0);
    JsonWriter json = new JsonWriter().raw("{\"values\":[");
    for (int row = 0; row < rows.size(); row++) {
      json.raw(row == 0 ? "" : ",").raw(rows.text(row, 0));
    }
    return RpcResponses.json(200, json.raw("]}").finish());
  }

  /** The path of a field in a document. */
  private static String column(Table<?> table, @Nullable String name) {
    for (Field<?, ?> field : table.codec().fields()) {
      if (field.name().equals(name)) {
        return "$.\"" + name + "\"";
      }
    }
    throw new LunoraException(
        ErrorCode.UNKNOWN_COLUMN, "table " + table.name() + " has no such column");
  }
}
