package lunora.schema;

/** Which names an app may declare. Declared names become SQL identifiers and JSON keys. */
final class Names {

  private static final int LENGTH_MAX = 64;

  private Names() {}

  /** A field's name. {@code _id}, {@code __proto__} and all that begins with _ is the system's. */
  static String checkField(String name) {
    return check("field", name);
  }

  static String checkTable(String name) {
    return check("table", name);
  }

  static String checkIndex(String name) {
    return check("index", name);
  }

  private static String check(String kind, String name) {
    boolean fits = !name.isEmpty() && name.length() <= LENGTH_MAX && isLetter(name.charAt(0));
    for (int i = 1; fits && i < name.length(); i++) {
      fits = isPart(name.charAt(i));
    }
    if (!fits || name.startsWith("sqlite_")) {
      throw new IllegalArgumentException(
          kind
              + " name '"
              + name
              + "': use 1 to "
              + LENGTH_MAX
              + " letters, digits and underscores, a letter first; sqlite_ is reserved");
    }
    return name;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isPart(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
  }
}
