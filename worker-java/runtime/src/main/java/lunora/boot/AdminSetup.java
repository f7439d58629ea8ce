package lunora.boot;

import lunora.admin.AbsentRoutes;
import lunora.admin.AdminRoutes;
import lunora.admin.ApplyRoute;
import lunora.admin.CatalogRoutes;
import lunora.admin.ChangeRoutes;
import lunora.admin.GlobalRoutes;
import lunora.admin.JobRoutes;
import lunora.admin.MigrationRoutes;
import lunora.admin.RunAs;
import lunora.admin.ShardRoutes;
import lunora.admin.StorageRoutes;
import lunora.api.AppModule;
import lunora.backup.BackupRoutes;

/** The routes of the admin plane, put together. */
final class AdminSetup {

  private AdminSetup() {}

  static AdminRoutes routes(AppModule app, EdgeSettings settings) {
    AdminRoutes routes = new AdminRoutes();
    MigrationRoutes.add(routes, app.migrations(), settings.defaultShardKey);
    CatalogRoutes.add(routes, app, settings.tasks());
    JobRoutes.add(routes);
    ShardRoutes.add(routes, settings.defaultShardKey);
    StorageRoutes.add(routes, settings.sweep);
    ChangeRoutes.add(routes, settings.defaultShardKey);
    ApplyRoute.add(routes);
    GlobalRoutes.add(routes, app.globalSchema());
    AbsentRoutes.add(routes);
    RunAs.add(routes);
    return new BackupRoutes(settings.backupPlace(), app.schema()).addTo(routes);
  }
}
