package lunora.subscription;

import lunora.wire.Json;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of one member of a JSON object, so that it can be passed on as the client wrote
 * it. Only for texts that were read as JSON before.
 */
final class RawMember {

  private final String json;
  private int at;

  private RawMember(String json) {
    this.json = json;
  }

  /** The text of the object's last member of that name, or null. */
  static @Nullable String find(String json, String name) {
    return new RawMember(json).find(name);
  }

  private @Nullable String find(String name) {
    String found = null;
    at = json.indexOf('{') + 1;
    while (next() != '}') {
      int keyStart = at;
      skipString();
      String key = keyOf(json.substring(keyStart, at));
      next();
      at++;
      next();
      int valueStart = at;
      skipValue();
      if (key.equals(name)) {
        found = json.substring(valueStart, at);
      }
      if (next() == ',') {
        at++;
      }
    }
    return found;
  }

  private static String keyOf(String quoted) {
    return quoted.indexOf('\\') < 0
        ? quoted.substring(1, quoted.length() - 1)
        : ((Value.Str) Json.read(quoted)).value();
  }

  /** The next character that is not white space. */
  private char next() {
    while (json.charAt(at) <= ' ') {
      at++;
    }
    return json.charAt(at);
  }

  private void skipString() {
    at++;
    for (; json.charAt(at) != '"'; at++) {
      if (json.charAt(at) == '\\') {
        at++;
      }
    }
    at++;
  }

  private void skipValue() {
    int depth = 0;
    do {
      char c = json.charAt(at);
      if (c == '"') {
        skipString();
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        depth--;
        at++;
      } else if (depth > 0) {
        at++;
      } else {
        skipLiteral();
      }
    } while (depth > 0);
  }

  private void skipLiteral() {
    for (char c = json.charAt(at); c > ' ' && c != ',' && c != '}'; c = json.charAt(at)) {
      at++;
    }
  }
}
