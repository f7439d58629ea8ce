package lunora.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.api.Default;
import lunora.api.Functions;
import lunora.api.IndexRange;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Range;
import lunora.api.Select;
import lunora.api.Shape;
import lunora.api.ShapeContext;
import lunora.api.ShapeOf;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Page;
import org.jspecify.annotations.Nullable;

/** Reading and writing the chat's messages. */
@Functions("messages")
public final class Messages {

  private static final int AUTHOR_LENGTH_MAX = 80;
  private static final int BODY_LENGTH_MAX = 4000;

  private static final int BODIES_MAX = 1000;

  private Messages() {}

  /** The newest messages of a channel, newest first. */
  @Query
  static List<Doc<Message>> list(
      QueryContext ctx, String channel, @Range(min = 1, max = 200) @Default("50") int limit) {
    return newestFirst(ctx, channel).take(limit);
  }

  /** All messages of a channel, newest first, a page at a time. */
  @Query
  static Page<Doc<Message>> page(
      QueryContext ctx,
      String channel,
      @Nullable String cursor,
      @Range(min = 1, max = 1000) int numItems) {
    return newestFirst(ctx, channel).paginate(cursor, numItems);
  }

  /** One message, or null. */
  @Query
  static Optional<Doc<Message>> get(QueryContext ctx, Id<Message> id) {
    return ctx.table(MessageTable.TABLE).get(id);
  }

  /** The messages of a channel for clients that keep a copy of them. */
  @Shape
  static ShapeOf<Message> channelMessages(ShapeContext ctx, String channel) {
    return ShapeOf.rows(MessageTable.TABLE)
        .where(MessageTable.CHANNEL.eq(channel))
        .columns(MessageTable.AUTHOR, MessageTable.BODY);
  }

  /** Says something in a channel. */
  @Mutation
  static Id<Message> send(
      MutationContext ctx,
      String channel,
      @Length(min = 1, max = AUTHOR_LENGTH_MAX) String author,
      @Length(min = 1, max = BODY_LENGTH_MAX) String body) {
    return ctx.table(MessageTable.TABLE).insert(new Message(channel, author, body));
  }

  /** Says several things at once: all of them or none. */
  @Mutation
  static List<Id<Message>> sendMany(
      MutationContext ctx,
      String channel,
      @Length(min = 1, max = AUTHOR_LENGTH_MAX) String author,
      List<String> bodies) {
    if (bodies.size() > BODIES_MAX) {
      throw new LunoraException(
          ErrorCode.VALIDATION_ERROR, "args.bodies: at most " + BODIES_MAX + " at once");
    }
    List<Id<Message>> sent = new ArrayList<>();
    for (String body : bodies) {
      sent.add(send(ctx, channel, author, checked(body)));
    }
    return sent;
  }

  private static String checked(String body) {
    if (body.isEmpty() || body.length() > BODY_LENGTH_MAX) {
      throw new LunoraException(
          ErrorCode.VALIDATION_ERROR,
          "args.bodies: each has 1 to " + BODY_LENGTH_MAX + " characters");
    }
    return body;
  }

  /** Changes what a message says. */
  @Mutation
  static void edit(
      MutationContext ctx, Id<Message> id, @Length(min = 1, max = BODY_LENGTH_MAX) String body) {
    ctx.table(MessageTable.TABLE).patch(id, MessageTable.BODY.set(body));
  }

  /** Takes a message back. */
  @Mutation
  static void remove(MutationContext ctx, Id<Message> id) {
    ctx.table(MessageTable.TABLE).delete(id);
  }

  private static Select<Message> newestFirst(QueryContext ctx, String channel) {
    IndexRange<Message> inChannel =
        ctx.table(MessageTable.TABLE)
            .index(MessageTable.BY_CHANNEL)
            .eq(MessageTable.CHANNEL, channel);
    return inChannel.order(Order.DESC);
  }
}
