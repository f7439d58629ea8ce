package lunora.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * The header by which a client that replays calls says whose they are: base64url of {@code
 * {"subject":<userId or null>}} (protocol section 3.1). Without it nothing is checked.
 */
final class ExpectedSubject {

  static final String HEADER = "x-lunora-expect-subject";

  private ExpectedSubject() {}

  /**
   * Refuses a request that was meant for somebody else.
   *
   * @throws LunoraException {@code IDENTITY_MISMATCH}, or {@code BAD_REQUEST} for a header that
   *     cannot be read
   */
  static void check(HttpRequest request, Optional<Identity> identity) {
    String header = request.header(HEADER);
    if (header == null) {
      return;
    }
    Value expected = subject(header);
    Value actual =
        identity.isPresent() ? new Value.Str(identity.get().userId()) : Value.Null.INSTANCE;
    if (!expected.equals(actual)) {
      throw new LunoraException(
          ErrorCode.IDENTITY_MISMATCH, "the request was made for another identity");
    }
  }

  private static Value subject(String header) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(header);
      Value json = Json.read(new String(bytes, StandardCharsets.UTF_8));
      if (json instanceof Value.Obj object) {
        Value subject = object.fields().get("subject");
        if (subject instanceof Value.Str || subject instanceof Value.Null) {
          return subject;
        }
      }
    } catch (WireFormatException | IllegalArgumentException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static LunoraException unreadable() {
    return new LunoraException(
        ErrorCode.BAD_REQUEST, HEADER + " must be base64url of {\"subject\":...}");
  }
}
