package lunora.security;

import lunora.host.inbound.HttpRequest;

/** Whether a deployment runs on somebody's own machine. Never suspends. */
public final class LocalMachine {

  private LocalMachine() {}

  /** Whether the request was sent to this very machine: on Cloudflare none ever is. */
  public static boolean isAsked(HttpRequest request) {
    return Origin.ofUrl(request.url()).isLoopback();
  }
}
