package notes;

import javax.annotation.processing.Generated;
import lunora.api.AppModule;
import lunora.api.DataMigration;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.RowAccess;
import lunora.schema.Codecs;

/** Descriptors and calls of the functions of {@link Notes}. */
@Generated("lunora.processor.LunoraProcessor")
public final class NotesFunctions {

  /** {@link Notes#count}. */
  public static final FunctionDescriptor.OfQuery<Integer> COUNT =
      FunctionDescriptor.named("notes:count")
          .returns(Codecs.INT)
          .query((ctx, args) -> Notes.count(ctx));

  /** The functions of {@link Notes} as a module. */
  public static final AppModule MODULE =
      AppModule.create()
          .query(COUNT)
          .policy(NoteTable.TABLE, RowAccess.READ, Notes::shown)
          .policy(NoteTable.TABLE, RowAccess.WRITE, Notes::own)
          .migration(
              DataMigration.of("2026-11-shared", NoteTable.TABLE)
                  .batch(20)
                  .rollback(Notes::hide)
                  .up(Notes::share))
          .migration(DataMigration.of("2026-12-empty", NoteTable.TABLE).up(Notes::empty))
          .build();

  private NotesFunctions() {}

  /** A call of {@link Notes#count}. */
  public static FunctionCall<Integer> count() {
    return FunctionCall.of(COUNT).build();
  }
}
