package lunora.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.Route;
import org.jspecify.annotations.Nullable;

/**
 * A route whose path has named parts: {@code /users/:id} matches one segment that is not empty.
 *
 * @param method empty for every method
 */
record RoutePattern(String method, String path, Route route) {

  /** What stands in the named places, decoded; null when the path is another one. */
  @Nullable Map<String, String> match(String given) {
    String[] wanted = path.split("/", -1);
    String[] segments = given.split("/", -1);
    if (wanted.length != segments.length) {
      return null;
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith(":") && !segments[i].isEmpty()) {
        params.put(wanted[i].substring(1), decoded(segments[i]));
      } else if (!wanted[i].equals(segments[i])) {
        return null;
      }
    }
    return params;
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = segment.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '%') {
        bytes.write(text[i]);
        continue;
      }
      int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
      if (low < 0) {
        throw new LunoraException(ErrorCode.BAD_REQUEST, "the path has a malformed escape");
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
