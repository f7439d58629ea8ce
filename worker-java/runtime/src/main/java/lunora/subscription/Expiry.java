package lunora.subscription;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.Clock;
import lunora.host.local.Socket;
import lunora.rpc.ErrorBody;

/**
 * Ends sockets whose identity has expired (protocol section 6.2); asked for every frame that comes
 * in and before every push.
 */
final class Expiry {

  private static final int CLOSE_CODE = 4001;
  private static final String CLOSE_REASON = "token_expired";

  private final Clock clock;
  private final ServerFrames frames;

  Expiry(Clock clock, ServerFrames frames) {
    this.clock = clock;
    this.frames = frames;
  }

  /** Whether the identity has expired; the client is then told so and the socket closed. */
  boolean ends(Socket socket, Connection connection) {
    Long expiresAtMs = connection.expiresAtMs();
    if (expiresAtMs == null || clock.nowMs() < expiresAtMs) {
      return false;
    }
    LunoraException error =
        new LunoraException(ErrorCode.TOKEN_EXPIRED, "authentication token expired");
    socket.send(frames.error(null, new ErrorBody(error.status(), error)));
    socket.close(CLOSE_CODE, CLOSE_REASON);
    return true;
  }
}
