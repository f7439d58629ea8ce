package lunora.processor.write;

/** Comments over declarations, filled to the width of a line. */
final class Javadoc {

  private Javadoc() {}

  /** The comment with its indentation and a line end. */
  static String of(String text, int indent) {
    String margin = " ".repeat(indent);
    String line = margin + "/** " + text + " */\n";
    if (line.length() - 1 <= Layout.WIDTH) {
      return line;
    }
    StringBuilder out = new StringBuilder(margin).append("/**\n");
    StringBuilder current = new StringBuilder(margin).append(" *");
    for (String word : text.split(" ", -1)) {
      if (current.length() + 1 + word.length() > Layout.WIDTH) {
        out.append(current).append('\n');
        current = new StringBuilder(margin).append(" *");
      }
      current.append(' ').append(word);
    }
    return out.append(current).append('\n').append(margin).append(" */\n").toString();
  }
}
