package lunora.processor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a {@code @Migration} that is none. */
class MigrationMisuseTest {

  private static final String FORM =
      " // error: a @Migration method takes (MutationContext, Doc<T>), T being a @Document";
  private static final String RESULT = " // error: a @Migration method has to return nothing";
  private static final String STATIC = " // error: a @Migration method has to be static";
  private static final String ID =
      " // error: a migration's id has letters, digits, _ . and - only";
  private static final String BATCH = " // error: a batch has 1 to 1000 rows";
  private static final String ROLLBACK =
      " // error: no method b of this class takes the same parameters";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Migration(\"a\")\nstatic void a(MutationContext ctx, String note) {}" + FORM,
        "@Migration(\"a\")\nstatic void a(MutationContext ctx, Doc<Plain> note) {}" + FORM,
        "@Migration(\"a\")\nstatic int a(MutationContext ctx, Doc<Note> note) { return 1; }"
            + RESULT,
        "@Migration(\"a\")\nvoid a(MutationContext ctx, Doc<Note> note) {}" + STATIC,
        "@Migration(\"no good\")" + ID + "\nstatic void a(MutationContext ctx, Doc<Note> note) {}",
        "@Migration(value = \"a\", batch = 0)"
            + BATCH
            + "\nstatic void a(MutationContext ctx, Doc<Note> note) {}",
        "@Migration(value = \"a\", rollback = \"b\")"
            + ROLLBACK
            + "\nstatic void a(MutationContext ctx, Doc<Note> note) {}\nstatic void b() {}",
      })
  void thatIsNone(String method) {
    Misuse.check(
        "@Document(table = \"notes\") record Note(String text) {}\n"
            + "record Plain(String text) {}\n"
            + "@Functions(\"notes\") class Notes {\n"
            + method
            + "\n}\n");
  }
}
