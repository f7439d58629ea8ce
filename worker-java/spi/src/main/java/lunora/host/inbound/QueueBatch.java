package lunora.host.inbound;

import java.util.List;

/**
 * Messages of one queue, in no certain order. When the handler returns, each message that nobody
 * spoke for is acknowledged; when it throws, each of those comes again. Queues are at least once.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#messagebatch">MessageBatch</a>
 */
public interface QueueBatch {

  /** The name of the queue, not of its binding. */
  String queue();

  List<QueueMessage> messages();
}
