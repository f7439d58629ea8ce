package chat;

import lunora.api.Default;
import lunora.api.Functions;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Range;
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
        .paginate(cursor, numItems);
  }

  @Mutation
  static Id<Message> send(
      MutationContext ctx,
      String channel,
      String author,
      @Length(min = 1, max = 2000) String body) {
    return ctx.table(MessageTable.TABLE).insert(new Message(channel, author, body));
  }
}
