package lunora.boot;

import lunora.admin.AdminRoutes;
import lunora.admin.MigrationRoutes;
import lunora.api.AppModule;

/** The routes of the admin plane, put together. */
final class AdminSetup {

  private AdminSetup() {}

  static AdminRoutes routes(AppModule app, EdgeSettings settings) {
    AdminRoutes routes = new AdminRoutes();
    MigrationRoutes.add(routes, app.migrations(), settings.defaultShardKey);
    return routes;
  }
}
