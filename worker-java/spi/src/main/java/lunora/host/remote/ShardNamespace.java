package lunora.host.remote;

import java.util.List;
import java.util.Map;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;

/** The shards as the Worker reaches them. */
public interface ShardNamespace {

  /**
   * Posts the body of a call to a shard and waits for the answer. May suspend.
   *
   * @throws lunora.error.LunoraException {@code SHARD_UNAVAILABLE} when the shard cannot be reached
   */
  HttpResponse.Json post(String shardKey, String path, Map<String, String> headers, String body);

  /**
   * Posts to several shards at once and waits for all of them. May suspend; a shard that fails is
   * in the list and not thrown.
   *
   * @return the replies, in the order of the posts
   */
  List<ShardReply> postAll(List<ShardPost> posts);

  /**
   * The same with a bound on both: so many posts are under way at a time, the next begins when one
   * of them ends, and each has so long. May suspend.
   *
   * @param atOnce 1 or more
   * @param timeoutMs for each post, from when it is sent
   * @return the replies, in the order of the posts
   */
  List<ShardReply> postAll(List<ShardPost> posts, int atOnce, long timeoutMs);

  /** Hands a WebSocket upgrade to a shard, with exactly these headers added. May suspend. */
  HttpResponse upgrade(String shardKey, HttpRequest request, Map<String, String> headers);
}
