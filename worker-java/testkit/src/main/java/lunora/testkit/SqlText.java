package lunora.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * SQL text cut into statements and words, as far as the rules of {@link SqlRules} need it. Not a
 * parser: string literals and comments are skipped, a trigger body ends at {@code ; END}.
 */
final class SqlText {

  /**
   * One statement.
   *
   * @param words identifiers and keywords in lower case, without quotes
   */
  record Statement(String sql, List<String> words) {

    String verb() {
      return words.isEmpty() ? "" : words.get(0);
    }
  }

  private final String sql;
  private final List<Statement> statements = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int at;
  private int start;
  private boolean code;
  private String last = "";
  private String beforeLast = "";

  private SqlText(String sql) {
    this.sql = sql;
  }

  /**
   * The statements of a text.
   *
   * @throws SqlFailure when there is none, or only a comment follows the last {@code ;}
   */
  static List<Statement> split(String sql) {
    SqlText text = new SqlText(sql);
    while (text.at < sql.length()) {
      text.step();
    }
    text.finish();
    return text.statements;
  }

  private void step() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (sql.startsWith("--", at)) {
      skipTo("\n");
    } else if (sql.startsWith("/*", at)) {
      skipTo("*/");
    } else if (c == ';') {
      semicolon();
    } else {
      token(c);
    }
  }

  private void token(char c) {
    code = true;
    int from = at;
    if (c == '\'') {
      quoted('\'');
      push("'");
    } else if (c == '"' || c == '`' || c == '[') {
      quoted(c == '[' ? ']' : c);
      word(sql.substring(from + 1, Math.max(from + 1, at - 1)));
    } else if (isWordPart(c)) {
      while (at < sql.length() && isWordPart(sql.charAt(at))) {
        at++;
      }
      word(sql.substring(from, at));
    } else {
      at++;
      push(String.valueOf(c));
    }
  }

  private void word(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    words.add(lower);
    push(lower);
  }

  private void push(String token) {
    beforeLast = last;
    last = token;
  }

  private void quoted(char end) {
    at++;
    while (at < sql.length()) {
      if (sql.charAt(at++) != end) {
        continue;
      }
      if (end == ']' || at == sql.length() || sql.charAt(at) != end) {
        return;
      }
      at++;
    }
  }

  private void skipTo(String end) {
    int found = sql.indexOf(end, at + 2);
    at = found < 0 ? sql.length() : found + end.length();
  }

  private void semicolon() {
    at++;
    boolean open = isTrigger() && !(last.equals("end") && beforeLast.equals(";"));
    if (open) {
      push(";");
    } else if (code) {
      cut();
    }
  }

  private boolean isTrigger() {
    return words.size() > 2
        && words.get(0).equals("create")
        && words.subList(1, Math.min(3, words.size())).contains("trigger");
  }

  private void cut() {
    statements.add(new Statement(sql.substring(start, at).strip(), List.copyOf(words)));
    words.clear();
    start = at;
    code = false;
    last = "";
    beforeLast = "";
  }

  private void finish() {
    if (code) {
      cut();
    } else if (statements.isEmpty() || !sql.substring(start).isBlank()) {
      throw new SqlFailure("SQL code did not contain a statement.");
    }
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
  }
}
