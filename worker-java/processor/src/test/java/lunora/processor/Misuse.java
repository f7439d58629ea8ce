package lunora.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles wrong sources and compares all errors, ours and javac's, with the comments {@code //
 * error: ...} on the lines they belong to. {@code [types]} stands for the list of types.
 */
final class Misuse {

  static final String TYPES =
      "The types are String, boolean, int, long, double, BigInteger, Instant, byte[], enums, Id<T>,"
          + " Optional<V>, List<V>, Map<String, V>, records, sealed interfaces of records and"
          + " lunora.wire.Value.";

  static final String RESULTS =
      TYPES
          + " A result can also be void, Doc<T>, Optional<Doc<T>>, List<Doc<T>> and Page<Doc<T>>.";

  private static final String MARK = "// error: ";

  private static final String HEAD =
      "import java.math.*; import java.time.*; import java.util.*; import lunora.api.*;"
          + " import lunora.api.Index; import lunora.schema.*; import lunora.wire.Value;"
          + " import org.jspecify.annotations.Nullable; ";

  private Misuse() {}

  /** Checks a file of package {@code app} with an app beside it. */
  static void check(String body) {
    check(
        Map.of(
            "app/Chat.java", "package app; @lunora.api.App class Chat {}", "app/Test.java", body));
  }

  /** Checks files; those called {@code Test.java} get the imports. */
  static void check(Map<String, String> files) {
    Map<String, String> sources = new TreeMap<>();
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      String path = file.getKey();
      String name = path.substring(path.lastIndexOf('/') + 1);
      String head = "";
      if (name.equals("Test.java")) {
        head =
            path.contains("/") ? "package " + path.substring(0, path.lastIndexOf('/')) + "; " : "";
        head += HEAD;
      }
      sources.put(path, head + file.getValue());
      collect(name, file.getValue(), expected);
    }
    List<String> actual = new ArrayList<>();
    Compilation.of(sources).errors().forEach(problem -> actual.add(oneLine(problem)));
    actual.sort(null);
    expected.sort(null);
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  private static String oneLine(Compilation.Problem problem) {
    return problem.toString().replaceAll("\\s+", " ");
  }

  private static void collect(String name, String text, List<String> expected) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String[] parts = lines[i].split(MARK, -1);
      for (int j = 1; j < parts.length; j++) {
        String message = parts[j].strip().replace("[types]", TYPES).replace("[results]", RESULTS);
        expected.add(name + ":" + (i + 1) + " " + message);
      }
    }
  }
}
