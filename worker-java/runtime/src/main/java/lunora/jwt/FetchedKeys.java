package lunora.jwt;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.HttpReply;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a provider publishes at a URL, kept for as long as the isolate lives. A key that
 * nobody knows is asked for again, since providers change keys, but never more often than the
 * settings say: made-up key ids cost the provider nothing.
 */
final class FetchedKeys {

  private static final long NEVER = Long.MIN_VALUE;

  private final String url;
  private final long lifeMs;
  private final long askAgainMs;
  private @Nullable KeySet keys;
  private long fetchedAtMs;
  private long askedAtMs = NEVER;
  private boolean asking;

  FetchedKeys(String url, long lifeMs, long askAgainMs) {
    this.url = url;
    this.lifeMs = lifeMs;
    this.askAgainMs = askAgainMs;
  }

  /**
   * The key for a token, null when the provider has none. May suspend.
   *
   * @throws LunoraException {@code SERVICE_UNAVAILABLE} while the keys cannot be had
   */
  @Nullable PublishedKey find(
      SignatureAlgorithm algorithm, @Nullable String keyId, WorkerHost host) {
    long nowMs = host.clock().nowMs();
    KeySet known = keys;
    PublishedKey key = known == null ? null : known.find(algorithm, keyId);
    if (key != null && nowMs - fetchedAtMs < lifeMs) {
      return key;
    }
    if (mayAsk(nowMs)) {
      fetch(host, nowMs);
      KeySet fetched = keys;
      key = fetched == null ? null : fetched.find(algorithm, keyId);
    } else if (key == null && asking) {
      throw unavailable();
    }
    if (keys == null) {
      throw unavailable();
    }
    return key;
  }

  /**
   * The first requests of an isolate do not wait for each other: a fetch belongs to its request.
   */
  private boolean mayAsk(long nowMs) {
    return askedAtMs == NEVER || nowMs - askedAtMs >= askAgainMs || keys == null && asking;
  }

  private void fetch(WorkerHost host, long nowMs) {
    askedAtMs = nowMs;
    asking = true;
    try {
      HttpReply reply = host.fetcher().get(url);
      if (reply.status() != 200) {
        throw new IllegalStateException("status " + reply.status());
      }
      keys = KeySet.read(reply.body());
      fetchedAtMs = nowMs;
    } catch (RuntimeException e) {
      // The keys there are stay good: a provider's bad hour is not its users'.
      host.log().log(LogSink.Level.WARN, "no keys from " + url, e);
    }
    asking = false;
  }

  private static LunoraException unavailable() {
    return new LunoraException(
        ErrorCode.SERVICE_UNAVAILABLE, "the keys of the identity provider are not at hand yet");
  }
}
