package lunora.boot;

import lunora.admin.AdminRoutes;
import lunora.api.AppModule;
import lunora.backup.BackupRoutes;

/** The routes of the admin plane, put together. */
final class AdminSetup {

  private AdminSetup() {}

  static AdminRoutes routes(AppModule app, EdgeSettings settings) {
    return new BackupRoutes(settings.backupPlace(), app.schema()).addTo(new AdminRoutes());
  }
}
