package lunora.inspect;

import java.util.Locale;
import java.util.Set;
import lunora.rpc.InputFields;

/**
 * Reads SQL only as far as it takes to see that it is one statement that reads. A guard for good
 * messages: that nothing is written does not rest on it, see {@link SqlOp}.
 */
final class ReadOnlySql {

  private static final Set<String> READING = Set.of("select", "values");
  private static final Set<String> WRITING = Set.of("insert", "update", "delete", "replace");

  private final String sql;
  private final StringBuilder kept = new StringBuilder();
  private int at;
  private int depth;
  private String verb = "";
  private boolean ended;

  private ReadOnlySql(String sql) {
    this.sql = sql;
  }

  /**
   * The statement without comments and the semicolon at its end.
   *
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} for anything but one reading
   *     statement
   */
  static String check(String sql) {
    ReadOnlySql reader = new ReadOnlySql(sql);
    while (reader.at < sql.length()) {
      reader.next();
    }
    if (!READING.contains(reader.verb) || reader.depth != 0) {
      throw refused();
    }
    return reader.kept.toString();
  }

  private static RuntimeException refused() {
    return InputFields.invalid(
        "runSql takes one statement that reads: SELECT, VALUES, or WITH before");
  }

  private void next() {
    char c = sql.charAt(at);
    if (sql.startsWith("--", at)) {
      skipTo("\n");
    } else if (sql.startsWith("/*", at)) {
      skipTo("*/");
    } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
      quoted(c == '[' ? ']' : c);
    } else if (c == ';') {
      ended = true;
      at++;
    } else if (Character.isWhitespace(c)) {
      kept.append(c);
      at++;
    } else {
      if (ended) {
        throw refused();
      }
      token(c);
    }
  }

  private void skipTo(String end) {
    int found = sql.indexOf(end, at + 2);
    at = found < 0 ? sql.length() : found + end.length();
    kept.append(' ');
  }

  private void quoted(char quote) {
    int end = sql.indexOf(quote, at + 1);
    if (end < 0 || ended) {
      throw refused();
    }
    kept.append(sql, at, end + 1);
    at = end + 1;
  }

  private void token(char c) {
    if (c == '(') {
      depth++;
    } else if (c == ')') {
      depth--;
      if (depth < 0) {
        throw refused();
      }
    }
    int start = at;
    do {
      at++;
    } while (Character.isLetterOrDigit(c)
        && at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_'));
    kept.append(sql, start, at);
    if (depth == 0 && Character.isLetter(c)) {
      word(sql.substring(start, at).toLowerCase(Locale.ROOT));
    }
  }

  /** The first word counts; behind WITH it is the first that is a verb outside of brackets. */
  private void word(String word) {
    if (verb.isEmpty()) {
      verb = word;
    } else if (verb.equals("with") && (READING.contains(word) || WRITING.contains(word))) {
      verb = word;
    }
  }
}
