package chat;

import javax.annotation.processing.Generated;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.api.ShapeDescriptor;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Page;
import org.jspecify.annotations.Nullable;

/** Descriptors and calls of the functions of {@link Messages}. */
@Generated("lunora.processor.LunoraProcessor")
@SuppressWarnings("NullAway") // it does not see that a type argument is nullable
public final class MessagesFunctions {

  /** Parameter {@code channel} of {@link Messages#list}. */
  public static final Param<String> LIST_CHANNEL = Param.of("channel", Codecs.STRING);

  /** Parameter {@code cursor} of {@link Messages#list}. */
  public static final Param<@Nullable String> LIST_CURSOR =
      Param.of("cursor", Codecs.nullable(Codecs.STRING));

  /** Parameter {@code numItems} of {@link Messages#list}. */
  public static final Param<Integer> LIST_NUM_ITEMS =
      Param.of("numItems", Codecs.defaulted(Codecs.INT.range(1, 100), 50));

  /** {@link Messages#list}. */
  public static final FunctionDescriptor.OfQuery<Page<Doc<Message>>> LIST =
      FunctionDescriptor.named("messages:list")
          .param(LIST_CHANNEL)
          .param(LIST_CURSOR)
          .param(LIST_NUM_ITEMS)
          .returns(Codecs.page(Codecs.doc(MessageTable.TABLE)))
          .query(
              (ctx, args) ->
                  Messages.list(
                      ctx,
                      args.get(LIST_CHANNEL),
                      args.get(LIST_CURSOR),
                      args.get(LIST_NUM_ITEMS)));

  /** Parameter {@code channel} of {@link Messages#send}. */
  public static final Param<String> SEND_CHANNEL = Param.of("channel", Codecs.STRING);

  /** Parameter {@code author} of {@link Messages#send}. */
  public static final Param<String> SEND_AUTHOR = Param.of("author", Codecs.STRING.length(1, 40));

  /** Parameter {@code body} of {@link Messages#send}. */
  public static final Param<String> SEND_BODY = Param.of("body", Codecs.STRING);

  /** {@link Messages#send}. */
  public static final FunctionDescriptor.OfMutation<Id<Message>> SEND =
      FunctionDescriptor.named("messages:send")
          .param(SEND_CHANNEL)
          .param(SEND_AUTHOR)
          .param(SEND_BODY)
          .returns(Codecs.<Message>id())
          .mutation(
              (ctx, args) ->
                  Messages.send(
                      ctx, args.get(SEND_CHANNEL), args.get(SEND_AUTHOR), args.get(SEND_BODY)));

  /** Parameter {@code id} of {@link Messages#react}. */
  public static final Param<Id<Message>> REACT_ID = Param.of("id", Codecs.<Message>id());

  /** {@link Messages#react}. */
  public static final FunctionDescriptor.OfMutation<Integer> REACT =
      FunctionDescriptor.named("messages:react")
          .param(REACT_ID)
          .returns(Codecs.INT)
          .customMutator((ctx, args) -> Messages.react(ctx, args.get(REACT_ID)));

  /** {@link Messages#tidy}. */
  public static final FunctionDescriptor.OfMutation<@Nullable Void> TIDY =
      FunctionDescriptor.internal("messages:tidy")
          .mutation(
              (ctx, args) -> {
                Messages.tidy(ctx);
                return null;
              });

  /** Parameter {@code id} of {@link Messages#remove}. */
  public static final Param<Id<Message>> REMOVE_ID = Param.of("id", Codecs.<Message>id());

  /** {@link Messages#remove}. */
  public static final FunctionDescriptor.OfMutation<@Nullable Void> REMOVE =
      FunctionDescriptor.internal("messages:remove")
          .param(REMOVE_ID)
          .mutation(
              (ctx, args) -> {
                Messages.remove(ctx, args.get(REMOVE_ID));
                return null;
              });

  /** Parameter {@code id} of {@link Messages#forget}. */
  public static final Param<Id<Message>> FORGET_ID = Param.of("id", Codecs.<Message>id());

  /** {@link Messages#forget}. */
  public static final FunctionDescriptor.OfAction<@Nullable Void> FORGET =
      FunctionDescriptor.named("messages:forget")
          .param(FORGET_ID)
          .action(
              (ctx, args) -> {
                Messages.forget(ctx, args.get(FORGET_ID));
                return null;
              });

  /** Parameter {@code channel} of {@link Messages#channelMessages}. */
  public static final Param<String> CHANNEL_MESSAGES_CHANNEL = Param.of("channel", Codecs.STRING);

  /** {@link Messages#channelMessages}. */
  public static final ShapeDescriptor<Message> CHANNEL_MESSAGES =
      ShapeDescriptor.named("channelMessages")
          .param(CHANNEL_MESSAGES_CHANNEL)
          .shape((ctx, args) -> Messages.channelMessages(ctx, args.get(CHANNEL_MESSAGES_CHANNEL)));

  /** Parameter {@code to} of {@link Messages#ticks}. */
  public static final Param<Integer> TICKS_TO = Param.of("to", Codecs.INT);

  /** {@link Messages#ticks}. */
  public static final FunctionDescriptor.OfStream<Integer> TICKS =
      FunctionDescriptor.named("messages:ticks")
          .param(TICKS_TO)
          .returns(Codecs.INT)
          .liveStream((ctx, args) -> Messages.ticks(ctx, args.get(TICKS_TO)));

  /** {@link Messages#export}. */
  public static final FunctionDescriptor.OfStream<Doc<Message>> EXPORT =
      FunctionDescriptor.internal("messages:export")
          .returns(Codecs.doc(MessageTable.TABLE))
          .durableStream((ctx, args) -> Messages.export(ctx));

  /** The functions of {@link Messages} as a module. */
  public static final AppModule MODULE =
      AppModule.create()
          .query(LIST)
          .mutation(SEND)
          .mutation(REACT)
          .mutation(TIDY)
          .mutation(REMOVE)
          .action(FORGET)
          .shape(CHANNEL_MESSAGES)
          .stream(TICKS)
          .stream(EXPORT)
          .onConnect("messages:joined", Messages::joined)
          .onDisconnect("messages:left", Messages::left)
          .onShardInit("messages:woke", Messages::woke)
          .onWhisper("messages:mayWhisper", Messages::mayWhisper)
          .cron("0 4 * * *", TIDY)
          .queueConsumer("removals", REMOVE)
          .build();

  private MessagesFunctions() {}

  /** A call of {@link Messages#list}. */
  public static FunctionCall<Page<Doc<Message>>> list(
      String channel, @Nullable String cursor, int numItems) {
    return FunctionCall.of(LIST)
        .with(LIST_CHANNEL, channel)
        .with(LIST_CURSOR, cursor)
        .with(LIST_NUM_ITEMS, numItems)
        .build();
  }

  /** A call of {@link Messages#send}. */
  public static FunctionCall<Id<Message>> send(String channel, String author, String body) {
    return FunctionCall.of(SEND)
        .with(SEND_CHANNEL, channel)
        .with(SEND_AUTHOR, author)
        .with(SEND_BODY, body)
        .build();
  }

  /** A call of {@link Messages#react}. */
  public static FunctionCall<Integer> react(Id<Message> id) {
    return FunctionCall.of(REACT).with(REACT_ID, id).build();
  }

  /** A call of {@link Messages#tidy}. */
  public static FunctionCall<@Nullable Void> tidy() {
    return FunctionCall.of(TIDY).build();
  }

  /** A call of {@link Messages#remove}. */
  public static FunctionCall<@Nullable Void> remove(Id<Message> id) {
    return FunctionCall.of(REMOVE).with(REMOVE_ID, id).build();
  }

  /** A call of {@link Messages#forget}. */
  public static FunctionCall<@Nullable Void> forget(Id<Message> id) {
    return FunctionCall.of(FORGET).with(FORGET_ID, id).build();
  }

  /** A call of {@link Messages#ticks}. */
  public static FunctionCall<Integer> ticks(int to) {
    return FunctionCall.of(TICKS).with(TICKS_TO, to).build();
  }

  /** A call of {@link Messages#export}. */
  public static FunctionCall<Doc<Message>> export() {
    return FunctionCall.of(EXPORT).build();
  }
}
