package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that knows where it may be broken. A group that fits the line stands on it; otherwise all of
 * its own breaks are taken and the groups inside are laid out by themselves. This is the rule of
 * google-java-format, so what is written here is what the formatter would write.
 */
sealed interface Layout {

  /** Columns of a line. */
  int WIDTH = 100;

  /** Text without a break. */
  record Text(String text) implements Layout {}

  /** A place for a line break, and what stands there when none is taken. */
  record Break(String flat) implements Layout {}

  /** A line break that is always taken, and what the next line is indented by. */
  record Hard(int indent) implements Layout {}

  /** Parts of which all breaks are taken or none; its lines stand {@code indent} further right. */
  record Group(int indent, List<Layout> parts) implements Layout {}

  static Layout text(String text) {
    return new Text(text);
  }

  static Layout group(Layout... parts) {
    return new Group(0, List.of(parts));
  }

  /** A group whose lines stand further right. */
  static Layout indented(int indent, Layout... parts) {
    return new Group(indent, List.of(parts));
  }

  /** {@code head(a, b)}: the arguments on the line, or on the next, or each on its own. */
  static Layout call(String head, List<Layout> arguments) {
    if (arguments.isEmpty()) {
      return text(head + "()");
    }
    List<Layout> list = new ArrayList<>();
    for (Layout argument : arguments) {
      if (!list.isEmpty()) {
        list.add(text(","));
        list.add(new Break(" "));
      }
      list.add(argument);
    }
    return indented(4, text(head + "("), new Break(""), new Group(0, list), text(")"));
  }

  /** {@code head.a().b()}: all on the line, or each call on its own. */
  static Layout chain(Layout head, List<Layout> calls) {
    if (calls.isEmpty()) {
      return head;
    }
    List<Layout> parts = new ArrayList<>();
    parts.add(head);
    for (Layout call : calls) {
      parts.add(new Break(""));
      parts.add(call);
    }
    return new Group(4, parts);
  }

  /** {@code left = right} or the like, with the right side on the next line where it must. */
  static Layout assign(String left, Layout right) {
    return indented(4, text(left), new Break(" "), right);
  }

  /** The text, for a line that begins at the column. */
  static String render(Layout layout, int column) {
    Printer printer = new Printer(column);
    printer.print(layout, column, 0);
    return printer.out.toString();
  }

  /** Lays out; keeps the column. */
  final class Printer {

    private static final int NEVER_FITS = 1_000_000;

    private final StringBuilder out = new StringBuilder();
    private int column;

    private Printer(int column) {
      this.column = column;
    }

    /** The trailing width is what follows on the same line, whatever happens. */
    private void print(Layout layout, int indent, int trailing) {
      if (layout instanceof Text text) {
        write(text.text());
      } else if (layout instanceof Hard hard) {
        newLine(indent + hard.indent());
      } else if (layout instanceof Group group) {
        if (column + width(group) + trailing <= WIDTH) {
          flat(group);
        } else {
          broken(group, indent + group.indent(), trailing);
        }
      }
    }

    private void broken(Group group, int indent, int trailing) {
      List<Layout> parts = group.parts();
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof Break) {
          newLine(indent);
        } else {
          print(parts.get(i), indent, trailingWidth(parts, i + 1, trailing));
        }
      }
    }

    /** The width from a part to the next break of its group. */
    private static int trailingWidth(List<Layout> parts, int from, int trailing) {
      int width = 0;
      for (int i = from; i < parts.size(); i++) {
        if (parts.get(i) instanceof Break || parts.get(i) instanceof Hard) {
          return width;
        }
        width += width(parts.get(i));
      }
      return width + trailing;
    }

    private static int width(Layout layout) {
      if (layout instanceof Text text) {
        return text.text().length();
      }
      if (layout instanceof Break here) {
        return here.flat().length();
      }
      if (layout instanceof Group group) {
        int width = 0;
        for (Layout part : group.parts()) {
          width += width(part);
        }
        return width;
      }
      return NEVER_FITS;
    }

    private void flat(Layout layout) {
      if (layout instanceof Text text) {
        write(text.text());
      } else if (layout instanceof Break here) {
        write(here.flat());
      } else if (layout instanceof Group group) {
        for (Layout part : group.parts()) {
          flat(part);
        }
      }
    }

    private void write(String text) {
      out.append(text);
      column += text.length();
    }

    private void newLine(int indent) {
      out.append('\n').append(" ".repeat(indent));
      column = indent;
    }
  }
}
