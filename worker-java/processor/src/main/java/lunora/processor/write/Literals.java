package lunora.processor.write;

import java.math.BigInteger;
import java.time.Instant;
import lunora.processor.model.ValueType.Literal;

/** Values as Java source. */
final class Literals {

  private static final int ASCII_MAX = 0x7e;

  private Literals() {}

  static String code(Literal literal, Imports imports) {
    Object value = literal.value();
    if (literal.enumName().isPresent()) {
      return imports.use(literal.enumName().get()) + "." + value;
    }
    if (value instanceof String text) {
      return quote(text);
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof BigInteger) {
      return "new " + imports.use(LunoraNames.BIG_INTEGER) + "(\"" + value + "\")";
    }
    if (value instanceof Instant instant) {
      return imports.use(LunoraNames.INSTANT) + ".ofEpochMilli(" + instant.toEpochMilli() + "L)";
    }
    return value.toString();
  }

  /** A string literal. All but ASCII is escaped, whatever the encoding of the sources is. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c == '\r') {
        out.append("\\r");
      } else if (c == '\t') {
        out.append("\\t");
      } else if (c < ' ' || c > ASCII_MAX) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
