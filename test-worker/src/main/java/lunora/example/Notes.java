package lunora.example;

import java.util.List;
import java.util.Optional;
import lunora.api.Functions;
import lunora.api.Length;
import lunora.api.Migration;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Order;
import lunora.api.Policy;
import lunora.api.PolicyContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Shape;
import lunora.api.ShapeContext;
import lunora.api.ShapeOf;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Predicate;

/** Notes that only their owners see and change, whatever the functions below ask for. */
@Functions("notes")
public final class Notes {

  private static final int TEXT_LENGTH_MAX = 4000;
  private static final int LIST_MAX = 200;

  private Notes() {}

  /** A note is its owner's alone. */
  @Policy
  static Predicate<Note> own(PolicyContext ctx) {
    return NoteTable.OWNER.eq(ctx.user().userId());
  }

  /** The caller's notes, newest first. */
  @Query
  static List<Doc<Note>> mine(QueryContext ctx) {
    return ctx.table(NoteTable.TABLE)
        .index(NoteTable.BY_OWNER)
        .eq(NoteTable.OWNER, ctx.user().userId())
        .order(Order.DESC)
        .take(LIST_MAX);
  }

  /** How many notes there are, for the caller. */
  @Query
  static int count(QueryContext ctx) {
    return ctx.table(NoteTable.TABLE).all().count();
  }

  /** One note, or null: those of others do not exist. */
  @Query
  static Optional<Doc<Note>> get(QueryContext ctx, Id<Note> id) {
    return ctx.table(NoteTable.TABLE).get(id);
  }

  /** The notes there are for clients that keep a copy of them. */
  @Shape
  static ShapeOf<Note> myNotes(ShapeContext ctx) {
    return ShapeOf.rows(NoteTable.TABLE);
  }

  /** Writes a note. */
  @Mutation
  static Id<Note> add(MutationContext ctx, @Length(min = 1, max = TEXT_LENGTH_MAX) String text) {
    return ctx.table(NoteTable.TABLE).insert(new Note(ctx.user().userId(), text, words(text)));
  }

  /** Changes a note. */
  @Mutation
  static void edit(
      MutationContext ctx, Id<Note> id, @Length(min = 1, max = TEXT_LENGTH_MAX) String text) {
    ctx.table(NoteTable.TABLE)
        .patch(id, NoteTable.TEXT.set(text), NoteTable.WORDS.set(words(text)));
  }

  /** Gives a note to somebody else, which the policy forbids. */
  @Mutation
  static void give(MutationContext ctx, Id<Note> id, String owner) {
    ctx.table(NoteTable.TABLE).patch(id, NoteTable.OWNER.set(owner));
  }

  /** Throws a note away. */
  @Mutation
  static void remove(MutationContext ctx, Id<Note> id) {
    ctx.table(NoteTable.TABLE).delete(id);
  }

  /** Counts the words of the notes that were written before notes had them counted. */
  @Migration(value = "2026-11-note-words", rollback = "withoutWords", batch = 20)
  static void withWords(MutationContext ctx, Doc<Note> note) {
    if (note.value().words().isEmpty()) {
      ctx.table(NoteTable.TABLE).patch(note.id(), NoteTable.WORDS.set(words(note.value().text())));
    }
  }

  static void withoutWords(MutationContext ctx, Doc<Note> note) {
    ctx.table(NoteTable.TABLE).patch(note.id(), NoteTable.WORDS.set(Optional.empty()));
  }

  private static Optional<Integer> words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = text.charAt(i) <= ' ';
      words += !space && !inWord ? 1 : 0;
      inWord = !space;
    }
    return Optional.of(words);
  }
}
