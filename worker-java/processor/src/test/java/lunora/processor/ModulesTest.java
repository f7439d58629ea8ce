package lunora.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compilations that use what another one generated, and other orders of the sources. */
final class ModulesTest {

  private static final String FIRST =
      """
      package first;
      import lunora.api.*;
      @App class First {}
      """;

  private static final String NOTE =
      """
      package first;
      import lunora.api.*;
      @Document(table = "notes")
      public record Note(@Length(max = 3) String text, Place place) {}
      """;

  private static final String PLACE =
      """
      package first;
      public record Place(double x, double y) {}
      """;

  private static final String SECOND =
      """
      package second;
      import first.*;
      import lunora.api.*;
      import lunora.schema.*;
      @App class Second {}
      @Functions("second")
      class Functs {
        @Query static Place place(QueryContext ctx, Id<Note> id, Note note) { return note.place(); }
      }
      """;

  private static Compilation second(Path folder, String source) throws IOException {
    Compilation first =
        Compilation.of(
            Map.of("first/First.java", FIRST, "first/Note.java", NOTE, "first/Place.java", PLACE));
    assertEquals(List.of(), first.errors());
    first.writeClasses(folder);
    String classPath = System.getProperty("java.class.path") + File.pathSeparator + folder;
    return Compilation.of(Map.of("second/Second.java", source), "-classpath", classPath);
  }

  @Test
  void typesOfAnotherModule(@TempDir Path folder) throws IOException {
    Compilation second = second(folder, SECOND);
    assertEquals(List.of(), second.errors());
    assertEquals(
        List.of("second/FunctsFunctions.java", "second/SecondModule.java"),
        List.copyOf(second.generated().keySet()));
    String text = String.valueOf(second.generated().get("second/FunctsFunctions.java"));
    assertTrue(text.contains("Param.of(\"note\", NoteTable.TABLE.codec())"), text);
    assertTrue(text.contains(".returns(PlaceCodec.CODEC)"), text);
  }

  @Test
  void recordWithoutCodecOfAnotherModule(@TempDir Path folder) throws IOException {
    String source = SECOND.replace("Note note", "lunora.api.FunctionPath path, Note note");
    List<Compilation.Problem> errors = second(folder, source).errors();
    assertEquals(
        "A parameter cannot be FunctionPath. It was compiled elsewhere: declare a record of your own"
            + " for it. "
            + Misuse.TYPES,
        errors.get(0).message());
    assertEquals(1, errors.size());
  }

  @Test
  void sourcesWithoutAnnotations() {
    Compilation compilation = Compilation.of(Map.of("a/A.java", "package a; class A {}"));
    assertEquals(List.of(), compilation.errors());
    assertEquals(Map.of(), compilation.generated());
  }
}
