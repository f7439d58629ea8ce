package notes;

import lunora.api.Functions;
import lunora.api.Policy;
import lunora.api.PolicyContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.RowAccess;
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

  @Query
  static int count(QueryContext ctx) {
    return ctx.table(NoteTable.TABLE).all().count();
  }
}
