package lunora.inspect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Whether every part of a statement that could refer to itself ends: what is in brackets and
 * combines selects by UNION has a LIMIT of a plain number at its end.
 */
final class BoundedRecursion {

  /** The largest number that counts as a limit. */
  static final int MAX = 100_000;

  private final String sql;
  private final Deque<boolean[]> open = new ArrayDeque<>();
  private boolean unbounded;
  private int largest;

  private BoundedRecursion(String sql) {
    this.sql = sql;
  }

  /** The largest of these limits in a statement; -1 where one is missing. */
  static int limit(String sql) {
    BoundedRecursion reader = new BoundedRecursion(sql);
    int at = 0;
    while (at < sql.length()) {
      at = reader.next(at);
    }
    return reader.unbounded ? -1 : reader.largest;
  }

  /** Reads one token, and gives where the next begins. */
  private int next(int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
      int end = sql.indexOf(c == '[' ? ']' : c, at + 1);
      return end < 0 ? sql.length() : end + 1;
    }
    if (c == '(') {
      // Whether there is a UNION, and whether there is a limit.
      open.push(new boolean[2]);
    } else if (c == ')' && !open.isEmpty()) {
      boolean[] group = open.pop();
      unbounded |= group[0] && !group[1];
    } else if (Character.isLetter(c)) {
      int end = at;
      while (end < sql.length() && isPart(sql.charAt(end))) {
        end++;
      }
      word(sql.substring(at, end).toLowerCase(Locale.ROOT), end);
      return end;
    }
    return at + 1;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void word(String word, int end) {
    if (open.isEmpty()) {
      return;
    }
    if (word.equals("union")) {
      open.peek()[0] = true;
    } else if (word.equals("limit")) {
      open.peek()[1] = isPlainNumber(end);
    }
  }

  /** A number up to {@link #MAX}, and then the bracket closes. */
  private boolean isPlainNumber(int from) {
    int close = sql.indexOf(')', from);
    String limit = close < 0 ? "" : sql.substring(from, close).strip();
    if (!limit.matches("[0-9]{1,6}") || Integer.parseInt(limit) > MAX) {
      return false;
    }
    largest = Math.max(largest, Integer.parseInt(limit));
    return true;
  }
}
