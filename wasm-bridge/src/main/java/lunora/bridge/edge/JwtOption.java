package lunora.bridge.edge;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.TokenOptions;
import org.jspecify.annotations.Nullable;

/** The {@code jwt} option: {@code {issuer, audience, keysUrl?, keys?, secretVariable?}}. */
final class JwtOption {

  private JwtOption() {}

  static @Nullable TokenOptions read(@Nullable OptionObject given) {
    return given == null
        ? null
        : new TokenOptions(
            required(given, "issuer"),
            required(given, "audience"),
            given.text("keysUrl"),
            given.text("keys"),
            given.text("secretVariable"));
  }

  private static String required(OptionObject given, String name) {
    String text = given.text(name);
    if (text == null || text.isBlank()) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "options.jwt needs `" + name + "`");
    }
    return text;
  }
}
