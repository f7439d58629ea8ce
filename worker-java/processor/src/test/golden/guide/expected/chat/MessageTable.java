package chat;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;

/** Table {@code messages}, made from {@link Message}. */
@Generated("lunora.processor.LunoraProcessor")
public final class MessageTable {

  /** {@link Message#channel}. */
  public static final Field<Message, String> CHANNEL =
      Field.of("channel", Codecs.STRING, Message::channel);

  /** {@link Message#author}. */
  public static final Field<Message, String> AUTHOR =
      Field.of("author", Codecs.STRING, Message::author);

  /** {@link Message#body}. */
  public static final Field<Message, String> BODY = Field.of("body", Codecs.STRING, Message::body);

  /** Index {@code by_channel} of {@link Message}. */
  public static final Index<Message> BY_CHANNEL = Index.on("by_channel", CHANNEL);

  /** The table of {@link Message} documents. */
  public static final Table<Message> TABLE =
      Table.<Message>named("messages")
          .field(CHANNEL)
          .field(AUTHOR)
          .field(BODY)
          .index(BY_CHANNEL)
          .shardBy(CHANNEL)
          .construct(
              values -> new Message(values.get(CHANNEL), values.get(AUTHOR), values.get(BODY)));

  private MessageTable() {}
}
