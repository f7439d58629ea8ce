package lunora.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The paths of the admin plane and what answers them. */
public final class AdminRoutes {

  /** How the paths begin. */
  public static final String PREFIX = "/_lunora/admin/";

  private static final String MIGRATE = "/_lunora/migrate";

  private final Map<String, Map<String, AdminRoute>> byPath = new LinkedHashMap<>();
  private final Map<String, AdminRoute> below = new LinkedHashMap<>();
  private final Map<String, AdminOp> ops = new LinkedHashMap<>();

  /** Whether a path belongs to operators. */
  public static boolean owns(String path) {
    return path.startsWith(PREFIX) || path.equals(MIGRATE) || path.startsWith(MIGRATE + "/");
  }

  /**
   * Adds a route.
   *
   * @param name such as {@code POST export}: a method, and a path below {@link #PREFIX}, or one
   *     with a slash before it
   */
  public AdminRoutes add(String name, AdminRoute route) {
    int space = name.indexOf(' ');
    String given = name.substring(space + 1);
    String path = given.startsWith("/") ? given : PREFIX + given;
    byPath.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(name.substring(0, space), route);
    return this;
  }

  /** Adds what answers a path and all below it that nothing else answers, by any method. */
  public AdminRoutes addBelow(String path, AdminRoute route) {
    below.put(PREFIX + path, route);
    return this;
  }

  /** Adds an operation that is called like a function, under a name such as {@code runAs}. */
  public AdminRoutes op(String name, AdminOp op) {
    ops.put(name, op);
    return this;
  }

  /** The Worker's own operation of that name, or null: then it is the shard's. */
  public @Nullable AdminOp op(String name) {
    return ops.get(name);
  }

  /**
   * The route of a request, or null for a path that there is not.
   *
   * @throws LunoraException {@code METHOD_NOT_ALLOWED}
   */
  public @Nullable AdminRoute find(HttpRequest request) {
    Map<String, AdminRoute> methods = byPath.get(request.path());
    if (methods == null) {
      return below(request.path());
    }
    AdminRoute route = methods.get(request.method());
    if (route == null) {
      throw new LunoraException(
          ErrorCode.METHOD_NOT_ALLOWED,
          "use " + String.join(" or ", new TreeSet<>(methods.keySet())) + " here");
    }
    return route;
  }

  private @Nullable AdminRoute below(String path) {
    for (Map.Entry<String, AdminRoute> each : below.entrySet()) {
      if (path.equals(each.getKey()) || path.startsWith(each.getKey() + "/")) {
        return each.getValue();
      }
    }
    return null;
  }
}
