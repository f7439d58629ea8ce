package lunora.shard;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.HttpFetcher;

/**
 * What an action has besides its arguments.
 *
 * @param fetcher the network
 * @param bindings what the deployment has
 * @param origin scheme, host and port under which the Worker was called; empty when nobody knows
 * @param depth how many functions called one another to get here
 */
record ActionScope(HttpFetcher fetcher, Bindings bindings, String origin, int depth) {

  private static final int DEPTH_MAX = 16;

  ActionScope deeper() {
    if (depth >= DEPTH_MAX) {
      throw new LunoraException(
          ErrorCode.RUN_DEPTH_EXCEEDED, "functions called one another " + DEPTH_MAX + " deep");
    }
    return new ActionScope(fetcher, bindings, origin, depth + 1);
  }
}
