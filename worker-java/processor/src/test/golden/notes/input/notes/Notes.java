package notes;

import lunora.api.Functions;
import lunora.api.Migration;
import lunora.api.MutationContext;
import lunora.api.Policy;
import lunora.api.PolicyContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.RowAccess;
import lunora.schema.Doc;
import lunora.schema.Predicate;

@Functions("notes")
final class Notes {

  private Notes() {}

  @Policy(RowAccess.READ)
  static Predicate<Note> shown(PolicyContext ctx) {
    return NoteTable.SHARED.eq(true).or(own(ctx));
  }

  @Policy(RowAccess.WRITE)
  static Predicate<Note> own(PolicyContext ctx) {
    return NoteTable.OWNER.eq(ctx.user().userId());
  }

  @Migration(value = "2026-11-shared", rollback = "hide", batch = 20)
  static void share(MutationContext ctx, Doc<Note> note) {
    ctx.table(NoteTable.TABLE).replace(note.id(), new Note(note.value().owner(), true));
  }

  static void hide(MutationContext ctx, Doc<Note> note) {
    ctx.table(NoteTable.TABLE).replace(note.id(), new Note(note.value().owner(), false));
  }

  @Migration("2026-12-empty")
  static void empty(MutationContext ctx, Doc<Note> note) {
    ctx.table(NoteTable.TABLE).delete(note.id());
  }

  @Query
  static int count(QueryContext ctx) {
    return ctx.table(NoteTable.TABLE).all().count();
  }
}
