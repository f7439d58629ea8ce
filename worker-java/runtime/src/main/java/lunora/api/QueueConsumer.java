package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a {@link Mutation} or {@link Action} with one parameter for each message of a queue, which
 * {@code wrangler.jsonc} has to list among the consumers. The message's id is the mutation's id:
 * what a mutation writes it writes once, however often the message comes. One that fails comes
 * again, and is a dead letter of the queue in the end.
 *
 * <pre>{@code
 * @QueueConsumer("mails")
 * @Internal
 * @Action
 * static void deliver(ActionContext ctx, Mail mail) { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface QueueConsumer {

  /** The name of the queue, not of a binding. */
  String value();
}
