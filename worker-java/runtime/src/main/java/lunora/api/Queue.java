package lunora.api;

import lunora.schema.Codec;

/**
 * A queue that is written to, and what its messages are.
 *
 * <pre>{@code
 * static final Queue<String> MAILS = Queue.of("MAILS", Codecs.STRING);
 * }</pre>
 *
 * @param binding the name of the producer's binding in {@code wrangler.jsonc}
 * @param codec how a message is written; its consumer's parameter reads the same
 * @param <M> a message
 */
public record Queue<M>(String binding, Codec<M> codec) {

  /** A queue behind a binding. */
  public static <M> Queue<M> of(String binding, Codec<M> codec) {
    return new Queue<>(binding, codec);
  }
}
