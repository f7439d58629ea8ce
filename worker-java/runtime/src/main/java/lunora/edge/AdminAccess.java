package lunora.edge;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.AdminGate;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcResponses;
import lunora.security.BearerToken;
import lunora.security.LocalMachine;
import lunora.security.OperatorMark;
import lunora.security.SecretText;
import lunora.security.Switches;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Who is let into the admin plane (protocol section 15): who has the admin token, or whom the app's
 * gate lets in. Nobody, where there is neither.
 */
public final class AdminAccess {

  /** The shortest token that is taken anywhere but on a local machine. */
  static final int TOKEN_LENGTH_MIN = 32;

  private static final String WEAK =
      "LUNORA_ADMIN_TOKEN has fewer than " + TOKEN_LENGTH_MIN + " characters";

  private final AdminLimits limits = new AdminLimits();
  private final @Nullable String given;
  private final @Nullable AdminGate gate;
  private boolean known;
  private @Nullable String token;

  /**
   * The rules of one Worker.
   *
   * @param token in the place of the variable {@code LUNORA_ADMIN_TOKEN}, or null
   */
  public AdminAccess(@Nullable String token, @Nullable AdminGate gate) {
    this.given = token;
    this.gate = gate;
  }

  private @Nullable String token(WorkerHost host) {
    if (!known) {
      // Asked for by every call: read once, since variables do not change while a Worker lives.
      String text = given == null ? host.variable("LUNORA_ADMIN_TOKEN") : given;
      token = text == null || text.isBlank() ? null : text;
      known = true;
    }
    return token;
  }

  /** Whether anybody can be let in at all. */
  boolean isOpen(WorkerHost host) {
    return token(host) != null || gate != null;
  }

  /** Says in the log what is wrong with the token, if anything. For a Worker's first request. */
  void started(HttpRequest request, WorkerHost host) {
    String token = token(host);
    if (token != null && isWeak(token, request)) {
      host.log().log(LogSink.Level.ERROR, WEAK + ": nobody is let into the admin plane", null);
    }
  }

  private static boolean isWeak(String token, HttpRequest request) {
    return token.length() < TOKEN_LENGTH_MIN && !LocalMachine.isAsked(request);
  }

  /**
   * Whether the request brings the admin token itself.
   *
   * @throws LunoraException {@code ADMIN_FORBIDDEN} when it does and the token is too short
   */
  boolean hasToken(HttpRequest request, WorkerHost host) {
    String token = token(host);
    String bearer = token == null ? null : BearerToken.ofHeader(request);
    if (token == null || bearer == null || !SecretText.matches(bearer, token)) {
      return false;
    }
    if (isWeak(token, request)) {
      throw new LunoraException(ErrorCode.ADMIN_FORBIDDEN, WEAK);
    }
    return true;
  }

  /**
   * Refuses whoever is not let in, and who asks too often. May suspend.
   *
   * @return by what they are let in, for the record
   * @throws LunoraException {@code ADMIN_FORBIDDEN}, {@code TOO_MANY_REQUESTS}
   */
  String require(HttpRequest request, WorkerHost host) {
    long nowMs = host.clock().nowMs();
    if (hasToken(request, host)) {
      limits.called(nowMs);
      return "token";
    }
    limits.tried(request, nowMs);
    boolean allowed = gateAllows(request, host);
    if (allowed) {
      limits.letIn(request);
      limits.called(nowMs);
      return "gate";
    }
    throw new LunoraException(
        ErrorCode.ADMIN_FORBIDDEN,
        "admin introspection is disabled or the bearer token is invalid");
  }

  private boolean gateAllows(HttpRequest request, WorkerHost host) {
    AdminGate asked = gate;
    if (asked == null) {
      return false;
    }
    try {
      return asked.allows(request.withoutInternalHeaders(), host);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.WARN, "the admin gate failed, so it let nobody in", e);
      return false;
    }
  }

  /**
   * Answers with a token for sockets. May suspend.
   *
   * @throws LunoraException {@code ADMIN_TOKEN_NOT_CONFIGURED} where there is nothing to sign with
   */
  HttpResponse mint(WorkerHost host, long nowMs) {
    String token = token(host);
    if (token == null) {
      throw new LunoraException(
          ErrorCode.ADMIN_TOKEN_NOT_CONFIGURED, "set the secret LUNORA_ADMIN_TOKEN");
    }
    long expiresAtMs = nowMs + SocketToken.LIFE_MS;
    String minted = SocketToken.mint(token, expiresAtMs, host.crypto());
    JsonWriter body = new JsonWriter();
    body.raw("{\"token\":").string(minted).raw(",\"expiresAtMs\":").number(expiresAtMs);
    return RpcResponses.json(200, body.raw("}").finish());
  }

  /** What a shard is told of the token with which a socket is opened. May suspend. */
  String socketMark(WorkerHost host) {
    String token = token(host);
    if (token == null || given != null) {
      return OperatorMark.GIVEN;
    }
    String mark = OperatorMark.of(token, host.crypto());
    return mark;
  }

  /**
   * Whether an upgrade is an operator's. May suspend.
   *
   * @throws LunoraException {@code ADMIN_FORBIDDEN} for the admin token itself in a URL, which ends
   *     up in other people's logs
   */
  boolean opensSocket(HttpRequest request, WorkerHost host, long nowMs) {
    String token = token(host);
    String brought = token == null ? null : BearerToken.ofUpgrade(request);
    if (token == null || brought == null || isWeak(token, request)) {
      return false;
    }
    if (SecretText.matches(brought, token)) {
      if (BearerToken.ofHeader(request) == null
          && !Switches.isOff(host, "LUNORA_REQUIRE_EPHEMERAL_WS_TOKEN")) {
        throw new LunoraException(
                ErrorCode.ADMIN_FORBIDDEN, "the admin token does not belong into a URL")
            .withHint("POST /_lunora/admin/ws-token gives a token that does");
      }
      return true;
    }
    return SocketToken.verify(brought, token, nowMs, host.crypto());
  }
}
