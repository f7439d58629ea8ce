package lunora.test;

import java.util.List;
import java.util.Optional;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.api.StreamContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** Notes on pads: what the harness's own tests run. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
final class NotesApp {

  record Note(String pad, String text) {}

  private static final Field<Note, String> PAD = Field.of("pad", Codecs.STRING, Note::pad);
  private static final Field<Note, String> TEXT = Field.of("text", Codecs.STRING, Note::text);
  private static final Index<Note> BY_PAD = Index.on("by_pad", PAD);
  private static final Table<Note> NOTES =
      Table.<Note>named("notes")
          .field(PAD)
          .field(TEXT)
          .index(BY_PAD)
          .construct(row -> new Note(row.get(PAD), row.get(TEXT)));

  private static final Param<String> P_PAD = Param.of("pad", Codecs.STRING);
  private static final Param<String> P_TEXT = Param.of("text", Codecs.STRING.length(1, 100));
  private static final Param<Id<Note>> P_ID = Param.of("id", Codecs.id());

  private static final FunctionDescriptor.OfQuery<List<Doc<Note>>> LIST =
      FunctionDescriptor.named("notes:list")
          .param(P_PAD)
          .returns(Codecs.list(Codecs.doc(NOTES)))
          .query((ctx, args) -> ctx.table(NOTES).index(BY_PAD).eq(PAD, args.get(P_PAD)).collect());

  private static final FunctionDescriptor.OfQuery<Optional<Doc<Note>>> GET =
      FunctionDescriptor.named("notes:get")
          .param(P_ID)
          .returns(Codecs.optional(Codecs.doc(NOTES)))
          .query((ctx, args) -> ctx.table(NOTES).get(args.get(P_ID)));

  private static final Param<Integer> P_TO = Param.of("to", Codecs.INT);

  private static final FunctionDescriptor.OfStream<Integer> TICKS =
      FunctionDescriptor.named("notes:ticks")
          .param(P_TO)
          .returns(Codecs.INT)
          .liveStream((ctx, args) -> tick(ctx, args.get(P_TO)));

  private static final FunctionDescriptor.OfStream<Integer> DURABLE_TICKS =
      FunctionDescriptor.named("notes:durableTicks")
          .param(P_TO)
          .returns(Codecs.INT)
          .durableStream((ctx, args) -> tick(ctx, args.get(P_TO)));

  private static void tick(StreamContext<Integer> ctx, int to) {
    for (int i = 1; i <= to; i++) {
      ctx.emit(i);
      ctx.sleep(1000);
    }
    if (to > 9) {
      throw new LunoraException(ErrorCode.CONFLICT, "too far");
    }
  }

  private static final FunctionDescriptor.OfMutation<Id<Note>> ADD =
      FunctionDescriptor.named("notes:add")
          .param(P_PAD)
          .param(P_TEXT)
          .returns(Codecs.<Note>id())
          .mutation(
              (ctx, args) -> ctx.table(NOTES).insert(new Note(args.get(P_PAD), args.get(P_TEXT))));

  private static final FunctionDescriptor.OfMutation<@Nullable Void> EDIT =
      FunctionDescriptor.named("notes:edit")
          .param(P_ID)
          .param(P_TEXT)
          .mutation(
              (ctx, args) -> {
                ctx.table(NOTES).patch(args.get(P_ID), TEXT.set(args.get(P_TEXT)));
                return null;
              });

  private static final FunctionDescriptor.OfMutation<@Nullable Void> REMOVE =
      FunctionDescriptor.named("notes:remove")
          .param(P_ID)
          .mutation(
              (ctx, args) -> {
                ctx.table(NOTES).delete(args.get(P_ID));
                return null;
              });

  private static final FunctionDescriptor.OfQuery<String> WHO =
      FunctionDescriptor.named("notes:who")
          .returns(Codecs.STRING)
          .query((ctx, args) -> ctx.auth().isPresent() ? ctx.auth().get().userId() : "nobody");

  private static final FunctionDescriptor.OfAction<Integer> FETCH =
      FunctionDescriptor.named("notes:fetch")
          .param(P_TEXT)
          .returns(Codecs.INT)
          .action((ctx, args) -> ctx.http().get(ctx.ownUrl(args.get(P_TEXT))).status());

  private NotesApp() {}

  static AppModule module() {
    return AppModule.create()
        .table(NOTES)
        .query(LIST)
        .query(GET)
        .mutation(ADD)
        .mutation(EDIT)
        .mutation(REMOVE)
        .query(WHO)
        .action(FETCH)
        .stream(TICKS)
        .stream(DURABLE_TICKS)
        .build();
  }

  static FunctionCall<List<Doc<Note>>> list(String pad) {
    return FunctionCall.of(LIST).with(P_PAD, pad).build();
  }

  static FunctionCall<Optional<Doc<Note>>> get(Id<Note> id) {
    return FunctionCall.of(GET).with(P_ID, id).build();
  }

  static FunctionCall<Id<Note>> add(String pad, String text) {
    return FunctionCall.of(ADD).with(P_PAD, pad).with(P_TEXT, text).build();
  }

  static FunctionCall<@Nullable Void> edit(Id<Note> id, String text) {
    return FunctionCall.of(EDIT).with(P_ID, id).with(P_TEXT, text).build();
  }

  static FunctionCall<@Nullable Void> remove(Id<Note> id) {
    return FunctionCall.of(REMOVE).with(P_ID, id).build();
  }

  static FunctionCall<String> who() {
    return FunctionCall.of(WHO).build();
  }

  static FunctionCall<Integer> ticks(int to) {
    return FunctionCall.of(TICKS).with(P_TO, to).build();
  }

  static FunctionCall<Integer> durableTicks(int to) {
    return FunctionCall.of(DURABLE_TICKS).with(P_TO, to).build();
  }

  static FunctionCall<Integer> fetch(String path) {
    return FunctionCall.of(FETCH).with(P_TEXT, path).build();
  }
}
