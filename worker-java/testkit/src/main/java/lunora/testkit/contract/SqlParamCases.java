package lunora.testkit.contract;

import static lunora.testkit.contract.SqlStorageContract.onTable;

import java.util.List;
import java.util.function.Consumer;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** What each kind of parameter becomes in SQLite, and what comes back. */
final class SqlParamCases {

  private static final double SAFE_INTEGER = 9_007_199_254_740_992.0;

  private SqlParamCases() {}

  static List<ContractCase<SqlStorage>> cases() {
    return List.of(
        roundTrip(
            "null comes back as null", null, "null", rows -> Check.that(rows.isNull(0, 0), "")),
        text("a text comes back", "Hello, world"),
        text("the empty text is not null", ""),
        text("text beyond ASCII comes back", "Grüße, 世界, \u0001\u007F\u2028"),
        text("a surrogate pair comes back", "a\uD83D\uDE00b"),
        text("a NUL inside a text comes back", "a\u0000b"),
        onTable("a lone surrogate comes back as replacement characters", SqlParamCases::surrogate),
        roundTrip(
            "a JSON text is bound as text",
            JsonText.of("{\"a\":1}"),
            "text",
            rows -> Check.equal("{\"a\":1}", rows.text(0, 0))),
        number("an Integer comes back", 42, 42),
        number("the least Integer comes back", Integer.MIN_VALUE, Integer.MIN_VALUE),
        number("a Long of 2^53 comes back", 1L << 53, SAFE_INTEGER),
        number("a Long of -2^53 comes back", -(1L << 53), -SAFE_INTEGER),
        number("a Double comes back to the bit", 0.1 + 0.2, 0.1 + 0.2),
        number("the least Double comes back", Double.MIN_VALUE, Double.MIN_VALUE),
        number("the greatest Double comes back", Double.MAX_VALUE, Double.MAX_VALUE),
        number("zero comes back", 0, 0),
        number("negative zero comes back from an untyped column", -0.0, -0.0),
        number("Infinity comes back", Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
        number("-Infinity comes back", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
        roundTrip(
            "NaN becomes NULL", Double.NaN, "null", rows -> Check.that(rows.isNull(0, 0), "")),
        blob("a blob comes back", new byte[] {1, 2, -1}),
        blob("a blob of zeros comes back", new byte[] {0, 0, 0}),
        blob("a blob of no bytes is not null", new byte[0]),
        onTable("an INTEGER column makes integers of whole numbers", SqlParamCases::affinity),
        onTable("a number compares with text only through affinity", SqlParamCases::comparison));
  }

  private static ContractCase<SqlStorage> text(String name, String text) {
    return roundTrip(name, text, "text", rows -> Check.equal(text, rows.text(0, 0)));
  }

  /** JavaScript has one kind of number: every number is bound as REAL. */
  private static ContractCase<SqlStorage> number(String name, Number bound, double expected) {
    return roundTrip(name, bound, "real", rows -> Check.number(expected, rows.number(0, 0)));
  }

  private static ContractCase<SqlStorage> blob(String name, byte[] bytes) {
    return roundTrip(name, bytes, "blob", rows -> Check.bytes(bytes, rows.blob(0, 0)));
  }

  private static ContractCase<SqlStorage> roundTrip(
      String name, @Nullable Object param, String type, Consumer<SqlRows> check) {
    return onTable(
        name,
        sql -> {
          sql.execute("INSERT INTO t (k, v) VALUES (1, ?)", param);
          SqlRows stored = sql.query("SELECT v, typeof(v) FROM t");
          Check.equal(type, stored.text(0, 1));
          check.accept(stored);
          check.accept(sql.query("SELECT ?", param));
        });
  }

  private static void surrogate(SqlStorage sql) {
    sql.execute("INSERT INTO t (k, v) VALUES (1, ?)", "a\uD800b");
    Check.equal("a\uFFFD\uFFFD\uFFFDb", sql.query("SELECT v FROM t").text(0, 0));
  }

  private static void affinity(SqlStorage sql) {
    sql.execute("DROP TABLE IF EXISTS u");
    sql.execute("CREATE TABLE u (i INTEGER, r REAL, s TEXT)");
    sql.execute("INSERT INTO u (i, r, s) VALUES (?, ?, ?)", 7, 7, 7);
    SqlRows rows = sql.query("SELECT typeof(i), typeof(r), typeof(s), i, r, s FROM u");
    Check.equal("integer", rows.text(0, 0));
    Check.equal("real", rows.text(0, 1));
    Check.equal("text", rows.text(0, 2));
    Check.number(7, rows.number(0, 3));
    Check.number(7, rows.number(0, 4));
    Check.equal("7.0", rows.text(0, 5));
  }

  private static void comparison(SqlStorage sql) {
    SqlRows rows = sql.query("SELECT 1 = ?, '1' = ?, ? || ''", 1, 1, 1);
    Check.number(1, rows.number(0, 0));
    Check.number(0, rows.number(0, 1));
    Check.equal("1.0", rows.text(0, 2));
  }
}
