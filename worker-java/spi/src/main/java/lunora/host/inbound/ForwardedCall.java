package lunora.host.inbound;

import lunora.host.remote.ShardPost;

/**
 * A call that the Worker has let pass: what goes to which shard, and what the client gets for what
 * comes back. Never suspends.
 */
public interface ForwardedCall {

  /** The call as the shard gets it. */
  ShardPost post();

  /** The answer to the client for the shard's. */
  HttpResponse answered(HttpResponse.Json answer);

  /** The answer to the client when the shard could not be reached. */
  HttpResponse failed(RuntimeException thrown);
}
