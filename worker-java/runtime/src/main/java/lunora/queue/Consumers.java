package lunora.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.api.JobRun;
import lunora.api.RetryLater;
import lunora.api.Trigger;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.QueueBatch;
import lunora.host.inbound.QueueMessage;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * Hands the messages of a batch to the shards they are for, each as a call of the queue's consumer,
 * all at once; what its call came to is what becomes of a message.
 */
public final class Consumers {

  private static final int DELAY_SECONDS_MAX = 300;

  private final Map<String, Trigger> byQueue = new HashMap<>();
  private final String defaultShardKey;

  /** Consumers of these queues. */
  public Consumers(List<Trigger> consumers, String defaultShardKey) {
    for (Trigger consumer : consumers) {
      byQueue.put(consumer.source(), consumer);
    }
    this.defaultShardKey = defaultShardKey;
  }

  /**
   * Consumes a batch. May suspend.
   *
   * @throws LunoraException {@code MISCONFIGURED} when no function takes messages of the queue
   */
  public void consume(QueueBatch batch, WorkerHost host) {
    Trigger consumer = byQueue.get(batch.queue());
    if (consumer == null) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED, "no function consumes the queue " + batch.queue());
    }
    List<QueueMessage> sent = new ArrayList<>();
    List<ShardPost> posts = new ArrayList<>();
    for (QueueMessage message : batch.messages()) {
      try {
        posts.add(post(consumer, message));
        sent.add(message);
      } catch (LunoraException | WireFormatException e) {
        again(message, String.valueOf(e.getMessage()), delaySeconds(message), host);
      }
    }
    List<ShardReply> replies = host.shards().postAll(posts);
    for (int i = 0; i < replies.size(); i++) {
      settle(sent.get(i), replies.get(i), host);
    }
  }

  private ShardPost post(Trigger consumer, QueueMessage message) {
    Envelope envelope = Envelope.read(message);
    String shardKey = envelope.shardKey();
    JsonWriter body = new JsonWriter();
    body.raw("{\"functionPath\":").string(consumer.path().text());
    body.raw(",\"args\":{").string(consumer.param()).raw(":").json(envelope.message()).raw("}}");
    return new ShardPost(
        shardKey == null ? defaultShardKey : shardKey,
        ShardRequests.RPC_PATH,
        IdentityHeaders.ofJob(new JobRun(envelope.id(), message.attempts())),
        body.finish().toString());
  }

  private static void settle(QueueMessage message, ShardReply reply, WorkerHost host) {
    if (reply instanceof ShardReply.Answered answer) {
      if (answer.status() >= 200 && answer.status() < 300) {
        message.ack();
      } else {
        again(message, answer.body(), wished(answer.body(), delaySeconds(message)), host);
      }
    } else if (reply instanceof ShardReply.Unreachable gone) {
      again(message, gone.reason(), delaySeconds(message), host);
    }
  }

  private static void again(
      QueueMessage message, String reason, int delaySeconds, WorkerHost host) {
    String what = "message " + message.id() + " failed, try " + message.attempts() + ": ";
    host.log().log(LogSink.Level.WARN, what + reason, null);
    message.retry(delaySeconds);
  }

  /** 1 second, 2, 4 and so on, at most 5 minutes. */
  private static int delaySeconds(QueueMessage message) {
    return Math.min(DELAY_SECONDS_MAX, 1 << Math.min(message.attempts() - 1, 20));
  }

  /** What the consumer wants, where it threw {@link RetryLater#after}. */
  private static int wished(String body, int otherwise) {
    try {
      if (Json.read(body) instanceof Value.Obj answer
          && answer.fields().get("error") instanceof Value.Obj error
          && error.fields().get("code") instanceof Value.Str code
          && code.value().equals(RetryLater.CODE)
          && error.fields().get("data") instanceof Value.Obj data
          && data.fields().get(RetryLater.DELAY_SECONDS) instanceof Value.Num seconds
          && seconds.value() >= 0
          && seconds.value() <= QueueMessage.DELAY_SECONDS_MAX) {
        return (int) seconds.value();
      }
    } catch (WireFormatException e) {
      return otherwise;
    }
    return otherwise;
  }
}
