package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Changes the rows that are stored already: a static method of a {@link Functions} class that is
 * called once for each row of its document's table, in every shard, when an operator asks for it.
 *
 * <pre>{@code
 * @Migration(value = "2026-11-subject", rollback = "withoutSubject")
 * static void subject(MutationContext ctx, Doc<Note> note) {
 *   ctx.table(NoteTable.TABLE).patch(note.id(), NoteTable.SUBJECT.set(Optional.of("...")));
 * }
 *
 * static void withoutSubject(MutationContext ctx, Doc<Note> note) { ... }
 * }</pre>
 *
 * <p>See {@link DataMigration} for what a shard does with it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Migration {

  /** The id, by which it is run and remembered: it never changes and is never used again. */
  String value();

  /** The method of the same class and form that undoes it; none, where nothing can. */
  String rollback() default "";

  /** How many rows one transaction takes, 1 to 1000. */
  int batch() default DataMigration.BATCH_ROWS;
}
