package lunora.sim;

import java.util.Optional;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.Identity;
import lunora.api.MutationContext;
import lunora.api.Param;
import lunora.api.QueryContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;

/** The rest of {@link SimApp}: cells that text is appended to, and notes that are their owner's. */
final class SimCells {

  record Cell(String key, int count, String log) {}

  record Note(String owner, String text) {}

  private static final Field<Cell, String> KEY = Field.of("key", Codecs.STRING, Cell::key);
  private static final Field<Cell, Integer> COUNT = Field.of("count", Codecs.INT, Cell::count);
  private static final Field<Cell, String> LOG = Field.of("log", Codecs.STRING, Cell::log);
  private static final Index<Cell> BY_KEY = Index.unique("by_key", KEY);
  private static final Table<Cell> CELLS =
      Table.<Cell>named("cells")
          .field(KEY)
          .field(COUNT)
          .field(LOG)
          .index(BY_KEY)
          .construct(row -> new Cell(row.get(KEY), row.get(COUNT), row.get(LOG)));

  static final Field<Note, String> OWNER = Field.of("owner", Codecs.STRING, Note::owner);
  private static final Field<Note, String> BODY = Field.of("text", Codecs.STRING, Note::text);
  private static final Index<Note> BY_OWNER = Index.on("by_owner", OWNER);
  static final Table<Note> NOTES =
      Table.<Note>named("notes")
          .field(OWNER)
          .field(BODY)
          .index(BY_OWNER)
          .construct(row -> new Note(row.get(OWNER), row.get(BODY)));

  private static final Param<String> P_TEXT = Param.of("text", Codecs.STRING);
  private static final Param<String> P_KEY = Param.of("key", Codecs.STRING);
  private static final Param<String> P_OTHER = Param.of("other", Codecs.STRING);

  private SimCells() {}

  static AppModule module() {
    AppBuilder app = AppModule.create().table(CELLS).table(NOTES);
    queries(app);
    mutations(app);
    return app.build();
  }

  private static void queries(AppBuilder app) {
    app.query(
        FunctionDescriptor.named("cells:count")
            .param(P_KEY)
            .returns(Codecs.INT)
            .query(
                (ctx, args) -> find(ctx, args.get(P_KEY)).map(c -> c.value().count()).orElse(0)));
    app.query(
        FunctionDescriptor.named("cells:log")
            .param(P_KEY)
            .returns(Codecs.STRING)
            .query((ctx, args) -> find(ctx, args.get(P_KEY)).map(c -> c.value().log()).orElse("")));
    app.query(
        FunctionDescriptor.named("notes:mine")
            .returns(Codecs.list(Codecs.doc(NOTES)))
            .query(
                (ctx, args) ->
                    ctx.table(NOTES).index(BY_OWNER).eq(OWNER, callerOf(ctx)).collect()));
  }

  private static void mutations(AppBuilder app) {
    app.mutation(
        FunctionDescriptor.named("cells:append")
            .param(P_KEY)
            .param(P_TEXT)
            .returns(Codecs.STRING)
            .mutation((ctx, args) -> append(ctx, args.get(P_KEY), args.get(P_TEXT))));
    app.mutation(
        FunctionDescriptor.named("cells:push")
            .param(P_KEY)
            .param(P_TEXT)
            .returns(Codecs.STRING)
            .customMutator((ctx, args) -> append(ctx, args.get(P_KEY), args.get(P_TEXT))));
    app.mutation(
        FunctionDescriptor.named("cells:move")
            .param(P_KEY)
            .param(P_OTHER)
            .param(P_TEXT)
            .returns(Codecs.STRING)
            .mutation(
                (ctx, args) -> {
                  append(ctx, args.get(P_KEY), args.get(P_TEXT));
                  return append(ctx, args.get(P_OTHER), args.get(P_TEXT));
                }));
    app.mutation(
        FunctionDescriptor.named("cells:appendThenFail")
            .param(P_KEY)
            .param(P_TEXT)
            .returns(Codecs.STRING)
            .mutation(
                (ctx, args) -> {
                  append(ctx, args.get(P_KEY), args.get(P_TEXT));
                  throw new LunoraException(ErrorCode.CONFLICT, "failed after the write");
                }));
    app.mutation(
        FunctionDescriptor.named("notes:write")
            .param(P_TEXT)
            .returns(Codecs.<Note>id())
            .mutation(
                (ctx, args) -> ctx.table(NOTES).insert(new Note(callerOf(ctx), args.get(P_TEXT)))));
  }

  private static String append(MutationContext ctx, String key, String text) {
    Optional<Doc<Cell>> cell = find(ctx, key);
    if (cell.isEmpty()) {
      ctx.table(CELLS).insert(new Cell(key, 1, text));
      return text;
    }
    Cell before = cell.get().value();
    String log = before.log() + text;
    ctx.table(CELLS).patch(cell.get().id(), COUNT.set(before.count() + 1), LOG.set(log));
    return log;
  }

  private static Optional<Doc<Cell>> find(QueryContext ctx, String key) {
    return ctx.table(CELLS).index(BY_KEY).eq(KEY, key).unique();
  }

  private static String callerOf(QueryContext ctx) {
    Optional<Identity> identity = ctx.auth();
    return identity.isPresent() ? identity.get().userId() : "";
  }
}
