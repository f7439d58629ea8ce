package lunora.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.api.JobRun;
import lunora.host.inbound.HttpRequest;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The identity as the Worker hands it to a shard (protocol section 3.1). The Worker strips these
 * headers from what a client sends, so a shard can trust them.
 */
public final class IdentityHeaders {

  private static final String USER_ID = "x-lunora-userid";
  private static final String CLAIMS = "x-lunora-identity";
  private static final String EXPIRES_AT_MS = "x-lunora-identity-exp";
  private static final String SYSTEM = "x-lunora-system";
  private static final String ADMIN = "x-lunora-admin";
  private static final String ATTEMPT = "x-lunora-attempt";
  private static final String MUTATION_ID = "x-lunora-mutation-id";

  /** Marks a header value that is base64url of UTF-8 rather than itself. */
  private static final String ENCODED = "=";

  private static final int LATIN1_MAX = 0xff;

  private IdentityHeaders() {}

  /** The headers for an identity; none for an anonymous caller. */
  public static Map<String, String> of(Optional<Identity> identity) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (identity.isPresent()) {
      headers.put(USER_ID, encode(identity.get().userId()));
      if (!identity.get().claims().fields().isEmpty()) {
        JsonWriter json = new JsonWriter();
        WireCodec.write(identity.get().claims(), json);
        headers.put(CLAIMS, base64(json.finish().toString()));
      }
      Long expiresAtMs = identity.get().expiresAtMs();
      if (expiresAtMs != null) {
        headers.put(EXPIRES_AT_MS, expiresAtMs.toString());
      }
    }
    return headers;
  }

  /** The headers of an operator's socket: anonymous, and let into the admin plane. */
  public static Map<String, String> ofAdmin() {
    return Map.of(ADMIN, "1");
  }

  /**
   * The same, for a socket that is kept.
   *
   * @param mark of the token with which it is opened
   */
  public static Map<String, String> ofAdmin(String mark) {
    return Map.of(ADMIN, mark);
  }

  /** The mark of the token with which an operator opens a socket; null for a user's. */
  public static @Nullable String operator(HttpRequest request) {
    return request.header(ADMIN);
  }

  /** The header that lets a call reach internal functions. */
  public static Map<String, String> ofSystem() {
    return Map.of(SYSTEM, "1");
  }

  /** The headers of a try of a job, which the system makes; its id is that of its mutation. */
  public static Map<String, String> ofJob(JobRun run) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SYSTEM, "1");
    headers.put(MUTATION_ID, run.id());
    headers.put(ATTEMPT, String.valueOf(run.attempt()));
    return headers;
  }

  /** The caller a request of the Worker names. */
  public static Caller read(HttpRequest request) {
    String userId = request.header(USER_ID);
    Optional<Identity> identity =
        userId == null || userId.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Identity(
                    decode(userId),
                    claims(request.header(CLAIMS)),
                    number(request.header(EXPIRES_AT_MS))));
    if (!"1".equals(request.header(SYSTEM))) {
      return new Caller(identity, Caller.Origin.CLIENT);
    }
    return new Caller(identity, Caller.Origin.SYSTEM, job(request));
  }

  private static Optional<JobRun> job(HttpRequest request) {
    String id = request.header(MUTATION_ID);
    Long attempt = number(request.header(ATTEMPT));
    return id == null || attempt == null
        ? Optional.empty()
        : Optional.of(new JobRun(id, attempt.intValue()));
  }

  /** Text as a header value: itself where a header can hold it, else {@code =} and base64url. */
  public static String encode(String text) {
    boolean plain = !text.startsWith(ENCODED) && text.equals(text.strip());
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = c >= ' ' && c != 0x7f && c <= LATIN1_MAX;
    }
    return plain ? text : ENCODED + base64(text);
  }

  private static String decode(String value) {
    if (!value.startsWith(ENCODED)) {
      return value;
    }
    byte[] bytes = Base64.getUrlDecoder().decode(value.substring(ENCODED.length()));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable Long number(@Nullable String value) {
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Value.Obj claims(@Nullable String value) {
    if (value != null) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(value);
        Value claims = WireCodec.decode(Json.read(new String(bytes, StandardCharsets.UTF_8)));
        if (claims instanceof Value.Obj object) {
          return object;
        }
      } catch (WireFormatException | IllegalArgumentException e) {
        return new Value.Obj(Map.of());
      }
    }
    return new Value.Obj(Map.of());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
