package lunora.processor.check;

import java.util.Collection;
import java.util.regex.Pattern;

/** Which names the runtime accepts; see {@code lunora.schema.Names} and {@code FunctionPath}. */
final class NameRules {

  static final String DECLARED =
      "use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start";

  private static final Pattern DECLARED_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern MODULE_NAME =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(/[A-Za-z][A-Za-z0-9_]*)*");
  private static final int PATH_LENGTH_MAX = 200;
  private static final int TYPING_ERRORS_MAX = 2;

  private NameRules() {}

  /** Whether a table, index or field can have the name. */
  static boolean isDeclarable(String name) {
    return DECLARED_NAME.matcher(name).matches() && !name.startsWith("sqlite_");
  }

  static boolean isModule(String name) {
    return MODULE_NAME.matcher(name).matches() && name.length() < PATH_LENGTH_MAX;
  }

  static boolean isPathTooLong(String path) {
    return path.length() > PATH_LENGTH_MAX;
  }

  /** {@code ; did you mean channel?}, or nothing when no name is near. */
  static String suggestion(String wrong, Collection<String> names) {
    String nearest = "";
    int least = Math.min(TYPING_ERRORS_MAX, wrong.length() / 2) + 1;
    for (String name : names) {
      int distance = distance(wrong, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
  }

  /** The number of letters to change, add or drop. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
