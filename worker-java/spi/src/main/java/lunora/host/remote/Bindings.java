package lunora.host.remote;

import org.jspecify.annotations.Nullable;

/**
 * What {@code wrangler.jsonc} gives the deployment, by name. Asking for a binding does not suspend.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/bindings/">Bindings</a>
 */
public interface Bindings {

  /**
   * The shards, from the {@code SHARD} binding.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} when there is no such binding
   */
  ShardNamespace shards();

  /**
   * The objects of another Durable Object class of this deployment.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} when there is no such binding
   */
  ShardNamespace objects(String name);

  /** A variable or secret of the deployment, or null. */
  @Nullable String variable(String name);

  /**
   * A D1 database.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} when there is no such binding
   */
  GlobalDatabase database(String name);

  /**
   * An R2 bucket.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} when there is no such binding
   */
  BlobBucket bucket(String name);

  /**
   * A queue to write to.
   *
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} when there is no such binding
   */
  MessageQueue queue(String name);

  /** Cryptography, which needs no binding. */
  Crypto crypto();
}
