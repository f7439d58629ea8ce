package lunora.testkit;

import java.util.List;
import java.util.Set;
import lunora.testkit.SqlText.Statement;

/**
 * What the platform refuses before SQLite runs a statement. Measured on workerd 1.20261117; a
 * little stricter than the platform, where the difference is only of use to mistakes.
 */
final class SqlRules {

  private static final Set<String> TRANSACTION_VERBS =
      Set.of("begin", "commit", "end", "rollback", "savepoint", "release");

  private static final Set<String> UNAUTHORIZED_VERBS = Set.of("attach", "detach", "vacuum");

  private static final Set<String> READING_VERBS =
      Set.of("select", "values", "with", "explain", "pragma");

  private static final Set<String> PRAGMAS =
      Set.of(
          "case_sensitive_like",
          "data_version",
          "defer_foreign_keys",
          "foreign_key_check",
          "foreign_key_list",
          "foreign_keys",
          "ignore_check_constraints",
          "index_info",
          "index_list",
          "index_xinfo",
          "legacy_alter_table",
          "optimize",
          "page_size",
          "quick_check",
          "recursive_triggers",
          "reverse_unordered_selects",
          "table_info",
          "table_list",
          "table_xinfo");

  private SqlRules() {}

  static void check(Statement statement) {
    List<String> words = statement.words();
    String verb = verbBehindExplain(words);
    if (TRANSACTION_VERBS.contains(verb)) {
      throw new SqlFailure("To execute a transaction, use transaction(), not SQL: " + verb);
    }
    if (UNAUTHORIZED_VERBS.contains(verb)
        || (verb.equals("pragma") && !PRAGMAS.contains(word(words, 1)))
        || (verb.equals("create") && Set.of("temp", "temporary").contains(word(words, 1)))) {
      throw new SqlFailure("not authorized: " + statement.sql());
    }
    for (int i = 0; i < words.size(); i++) {
      checkWord(statement, i);
    }
  }

  private static void checkWord(Statement statement, int i) {
    String word = statement.words().get(i);
    if (word.startsWith("_cf_")) {
      throw new SqlFailure("not authorized, names of the platform: " + statement.sql());
    }
    if (word.equals("rollback")) {
      // OR ROLLBACK ends the platform's own transaction, which then resets the whole object.
      throw new SqlFailure("ROLLBACK as a conflict rule resets the object: " + statement.sql());
    }
  }

  /** A query may be a write with RETURNING, nothing else. */
  static void checkReads(Statement statement) {
    if (!READING_VERBS.contains(statement.verb()) && !statement.words().contains("returning")) {
      throw new SqlFailure("query() is for reading statements: " + statement.sql());
    }
  }

  static void checkWrites(Statement statement) {
    if (Set.of("select", "values").contains(statement.verb())) {
      throw new SqlFailure("execute() is for writing statements: " + statement.sql());
    }
  }

  private static String verbBehindExplain(List<String> words) {
    if (!word(words, 0).equals("explain")) {
      return word(words, 0);
    }
    return word(words, word(words, 1).equals("query") ? 3 : 1);
  }

  private static String word(List<String> words, int i) {
    return i < words.size() ? words.get(i) : "";
  }
}
