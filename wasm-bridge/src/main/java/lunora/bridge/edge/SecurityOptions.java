package lunora.bridge.edge;

import lunora.host.edge.SecuritySettings;

/** The {@code security} option: {@code {headers?, cors?, csrf?}}. */
final class SecurityOptions {

  private SecurityOptions() {}

  static SecuritySettings read(OptionObject given) {
    SecuritySettings settings = SecuritySettings.DEFAULT;
    if (given.isOff("headers")) {
      settings = settings.withoutHeaders();
    }
    OptionObject cors = given.object("cors");
    if (cors != null) {
      settings = settings.withAllowedOrigins(cors.texts("allowedOrigins"));
      if (cors.flag("allowCredentials", false)) {
        settings = settings.withCredentials();
      }
    }
    if (given.isOff("csrf")) {
      settings = settings.withoutOriginCheck();
    }
    OptionObject csrf = given.object("csrf");
    return csrf == null ? settings : settings.withTrustedOrigins(csrf.texts("trustedOrigins"));
  }
}
