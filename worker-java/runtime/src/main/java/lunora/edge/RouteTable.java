package lunora.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.Route;
import org.jspecify.annotations.Nullable;

/**
 * The app's own routes. {@code GET /path} goes before {@code /path}, and a path that stands there
 * as it is before a pattern with {@code :name} parts; patterns are tried in the order of their
 * names' declaration.
 */
final class RouteTable {

  /** A route that a request leads to. */
  record Match(Route route, Map<String, String> params) {}

  private final Map<String, Route> exact = new HashMap<>();
  private final List<RoutePattern> patterns = new ArrayList<>();

  /**
   * Takes routes by {@code METHOD /path} or {@code /path}.
   *
   * @throws LunoraException {@code MISCONFIGURED} for a name of another form
   */
  RouteTable(Map<String, Route> routes) {
    for (Map.Entry<String, Route> each : routes.entrySet()) {
      add(each.getKey(), each.getValue());
    }
  }

  private void add(String name, Route route) {
    int slash = name.indexOf('/');
    String method = slash <= 0 ? "" : name.substring(0, slash).strip();
    String path = slash < 0 ? "" : name.substring(slash);
    boolean wellFormed =
        slash == 0 || slash > 1 && name.charAt(slash - 1) == ' ' && isMethod(method);
    if (!wellFormed || path.indexOf(' ') >= 0) {
      throw misconfigured(name, "write it like \"GET /path\" or \"/path\"");
    }
    if (path.startsWith(EdgeHandler.RESERVED_PREFIX)) {
      throw misconfigured(name, EdgeHandler.RESERVED_PREFIX + " is Lunora's own");
    }
    if (path.contains("/:")) {
      patterns.add(new RoutePattern(method, path, route));
    } else {
      exact.put(method.isEmpty() ? path : method + " " + path, route);
    }
  }

  private static boolean isMethod(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static LunoraException misconfigured(String name, String why) {
    return new LunoraException(ErrorCode.MISCONFIGURED, "the route '" + name + "': " + why);
  }

  /**
   * The route for a request; null when there is none.
   *
   * @throws LunoraException {@code BAD_REQUEST} for a path whose escapes are malformed
   */
  @Nullable Match find(String method, String path) {
    if (exact.isEmpty() && patterns.isEmpty()) {
      return null;
    }
    Route found = exact.get(method + " " + path);
    if (found == null) {
      found = exact.get(path);
    }
    if (found != null) {
      return new Match(found, Map.of());
    }
    Match match = inPatterns(method, path);
    return match == null ? inPatterns("", path) : match;
  }

  private @Nullable Match inPatterns(String method, String path) {
    for (RoutePattern pattern : patterns) {
      if (pattern.method().equals(method)) {
        Map<String, String> params = pattern.match(path);
        if (params != null) {
          return new Match(pattern.route(), params);
        }
      }
    }
    return null;
  }
}
