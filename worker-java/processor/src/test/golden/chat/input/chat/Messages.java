package chat;

import lunora.api.Action;
import lunora.api.ActionContext;
import lunora.api.ConnectionEvent;
import lunora.api.Cron;
import lunora.api.CustomMutator;
import lunora.api.Default;
import lunora.api.Functions;
import lunora.api.Internal;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.OnConnect;
import lunora.api.OnDisconnect;
import lunora.api.OnShardInit;
import lunora.api.OnWhisper;
import lunora.api.Order;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.QueueConsumer;
import lunora.api.Range;
import lunora.api.Shape;
import lunora.api.ShapeContext;
import lunora.api.ShapeOf;
import lunora.api.ShardInitEvent;
import lunora.api.Stream;
import lunora.api.StreamContext;
import lunora.api.WhisperEvent;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Page;
import org.jspecify.annotations.Nullable;

@Functions("messages")
final class Messages {

  private Messages() {}

  @Query
  static Page<Doc<Message>> list(
      QueryContext ctx,
      String channel,
      @Nullable String cursor,
      @Default("50") @Range(min = 1, max = 100) int numItems) {
    return ctx.table(MessageTable.TABLE)
        .index(MessageTable.BY_CHANNEL)
        .eq(MessageTable.CHANNEL, channel)
        .order(Order.DESC)
        .paginate(cursor, numItems);
  }

  @Mutation
  static Id<Message> send(
      MutationContext ctx, String channel, @Length(min = 1, max = 40) String author, String body) {
    return ctx.table(MessageTable.TABLE).insert(new Message(channel, author, body));
  }

  @CustomMutator
  static int react(MutationContext ctx, Id<Message> id) {
    return 1;
  }

  @Cron("0 4 * * *")
  @Mutation
  @Internal
  static void tidy(MutationContext ctx) {}

  @QueueConsumer("removals")
  @Mutation
  @Internal
  static void remove(MutationContext ctx, Id<Message> id) {
    ctx.table(MessageTable.TABLE).delete(id);
  }

  @Action
  static void forget(ActionContext ctx, Id<Message> id) {
    ctx.run(MessagesFunctions.remove(id));
  }

  @Shape
  static ShapeOf<Message> channelMessages(ShapeContext ctx, String channel) {
    return ShapeOf.rows(MessageTable.TABLE)
        .where(MessageTable.CHANNEL.eq(channel))
        .columns(MessageTable.AUTHOR, MessageTable.BODY);
  }

  @Stream
  static void ticks(StreamContext<Integer> ctx, int to) {
    for (int i = 1; i <= to; i++) {
      ctx.emit(i);
    }
  }

  @Stream(durable = true)
  @Internal
  static void export(StreamContext<Doc<Message>> ctx) {
    ctx.log().info("nothing to export");
  }

  @OnConnect
  static void joined(MutationContext ctx, ConnectionEvent event) {
    ctx.log().info("joined");
  }

  @OnDisconnect
  static void left(MutationContext ctx, ConnectionEvent event) {
    ctx.log().info("left");
  }

  @OnShardInit
  static void woke(MutationContext ctx, ShardInitEvent event) {
    ctx.log().info(event.shardKey());
  }

  @OnWhisper
  static boolean mayWhisper(QueryContext ctx, WhisperEvent event) {
    return event.userId() != null;
  }
}
