package lunora.wire;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value.Arr;
import lunora.wire.Value.Bool;
import lunora.wire.Value.Null;
import lunora.wire.Value.Num;
import lunora.wire.Value.Obj;
import lunora.wire.Value.Str;

/**
 * The parser behind {@link Json#read}: one pass, one cursor, recursion bounded by {@link
 * Json#DEPTH_MAX}. Every method starts at the first character of what it reads and ends just after.
 */
final class JsonReader {

  /** Integers up to this many digits fit an int and skip the decimal conversion. */
  private static final int INT_DIGITS = 9;

  /** Stands for the end of the text; no JSON token starts with it. */
  private static final char END = '\0';

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static Value read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    Value value = reader.value(1);
    reader.skipSpace();
    reader.expectEnd();
    return value;
  }

  static double readNumber(String text) {
    JsonReader reader = new JsonReader(text);
    double value = reader.number();
    reader.expectEnd();
    return value;
  }

  private Value value(int level) {
    switch (peek()) {
      case '"':
        return new Str(string());
      case '{':
        return object(level);
      case '[':
        return array(level);
      case 't':
        return literal("true", Bool.TRUE);
      case 'f':
        return literal("false", Bool.FALSE);
      case 'n':
        return literal("null", Null.INSTANCE);
      default:
        return new Num(number());
    }
  }

  private Arr array(int level) {
    List<Value> items = new ArrayList<>();
    if (open(level, ']')) {
      do {
        items.add(value(level + 1));
      } while (comma(']'));
    }
    return new Arr(items);
  }

  private Obj object(int level) {
    FieldMap fields = new FieldMap();
    if (open(level, '}')) {
      do {
        field(fields, level);
      } while (comma('}'));
    }
    return new Obj(fields);
  }

  private void field(FieldMap fields, int level) {
    if (peek() != '"') {
      throw unexpected();
    }
    String key = string();
    skipSpace();
    if (peek() != ':') {
      throw unexpected();
    }
    at++;
    skipSpace();
    // The map keeps the position of the first of equal keys, as JSON.parse does.
    fields.set(key, value(level + 1));
  }

  /** Enters a container; false when it is empty and already closed. */
  private boolean open(int level, char close) {
    if (level > Json.DEPTH_MAX) {
      throw WireFormatException.tooDeep(Json.DEPTH_MAX);
    }
    at++;
    skipSpace();
    if (peek() != close) {
      return true;
    }
    at++;
    return false;
  }

  /** Goes past a comma to the next member; false past the end of the container. */
  private boolean comma(char close) {
    skipSpace();
    char c = peek();
    if (c != ',' && c != close) {
      throw unexpected();
    }
    at++;
    if (c == close) {
      return false;
    }
    skipSpace();
    return true;
  }

  private Value literal(String word, Value value) {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  private double number() {
    int start = at;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int firstDigit = at;
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    int afterInteger = at;
    fractionAndExponent();
    if (at == afterInteger && at - firstDigit <= INT_DIGITS) {
      double magnitude = smallInteger(firstDigit);
      return negative ? EcmaNumber.negated(magnitude) : magnitude;
    }
    return EcmaNumber.parseToken(text, start, at);
  }

  private void fractionAndExponent() {
    if (peek() == '.') {
      at++;
      digits();
    }
    char c = peek();
    if (c == 'e' || c == 'E') {
      at++;
      c = peek();
      if (c == '+' || c == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
  }

  private int smallInteger(int firstDigit) {
    int magnitude = 0;
    for (int i = firstDigit; i < at; i++) {
      magnitude = magnitude * 10 + (text.charAt(i) - '0');
    }
    return magnitude;
  }

  private String string() {
    int start = ++at;
    int length = text.length();
    // Over a local variable: most of a body is in strings, and a field is slower to count with.
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return text.substring(start, i);
      }
      if (c == '\\') {
        at = i;
        return escapedString(start);
      }
      if (c < ' ') {
        at = i;
        throw unexpected();
      }
    }
    at = length;
    throw unexpected();
  }

  /** Goes on with a string from its first backslash. */
  private String escapedString(int start) {
    StringBuilder out = new StringBuilder().append(text, start, at);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < ' ') {
        break;
      }
      at++;
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
    throw unexpected();
  }

  private char escape() {
    char c = peek();
    at++;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unicodeEscape();
      default:
        at--;
        throw unexpected();
    }
  }

  private char unicodeEscape() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      unit = unit << 4 | hexDigit(peek());
      at++;
    }
    return (char) unit;
  }

  private int hexDigit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    // Not Character.digit, which takes digits of other scripts too.
    char lower = (char) (c | 0x20);
    if (lower < 'a' || lower > 'f') {
      throw unexpected();
    }
    return lower - 'a' + 10;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void expectEnd() {
    if (at < text.length()) {
      throw unexpected();
    }
  }

  private WireFormatException unexpected() {
    return WireFormatException.syntax(
        at < text.length() ? "unexpected character in JSON" : "unexpected end of JSON", at);
  }
}
