package lunora.edge;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.Responder;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import org.jspecify.annotations.Nullable;

/** What a Worker serves besides Lunora's own plane. */
public final class Site {

  private final SecuritySettings security;
  private final @Nullable Responder auth;
  private final String authPath;
  private final RouteTable routes;
  private final @Nullable Responder httpRouter;

  /**
   * A site of these parts, null where there is none.
   *
   * @param authPath what the paths of the auth plane begin with, such as {@code /api/auth}
   * @throws LunoraException {@code MISCONFIGURED} for a path that is none
   */
  public Site(
      SecuritySettings security,
      @Nullable Responder auth,
      String authPath,
      Map<String, Route> routes,
      @Nullable Responder httpRouter) {
    if (!authPath.startsWith("/") || authPath.length() < 2 || authPath.endsWith("/")) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED, "the auth path '" + authPath + "': write it like /api/auth");
    }
    this.security = security;
    this.auth = auth;
    this.authPath = authPath;
    this.routes = new RouteTable(routes);
    this.httpRouter = httpRouter;
  }

  SecuritySettings security() {
    return security;
  }

  /** The auth plane if the path is one of its. */
  @Nullable Responder authFor(String path) {
    boolean below =
        auth != null
            && path.startsWith(authPath)
            && (path.length() == authPath.length() || path.charAt(authPath.length()) == '/');
    return below ? auth : null;
  }

  RouteTable routes() {
    return routes;
  }

  @Nullable Responder httpRouter() {
    return httpRouter;
  }
}
