package lunora.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is generated for the sources under {@code src/test/golden/<case>/input}, byte for byte.
 * {@code -Dlunora.golden=rewrite} writes the expected files anew.
 */
final class GoldenTest {

  private static final Path ROOT = Path.of("src/test/golden");

  @TestFactory
  Stream<DynamicTest> goldens() throws IOException {
    try (Stream<Path> cases = Files.list(ROOT)) {
      List<Path> sorted = cases.sorted().toList();
      return sorted.stream()
          .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> check(each)));
    }
  }

  private static void check(Path folder) throws IOException {
    Compilation compilation = Compilation.of(read(folder.resolve("input")));
    assertEquals(List.of(), compilation.errors());
    assertEquals(List.of(), compilation.warnings());
    Path expected = folder.resolve("expected");
    if ("rewrite".equals(System.getProperty("lunora.golden"))) {
      rewrite(expected, compilation.generated());
    }
    Map<String, String> files = read(expected);
    assertEquals(files.keySet(), compilation.generated().keySet());
    files.forEach((path, text) -> assertEquals(text, compilation.generated().get(path), path));
  }

  private static void rewrite(Path folder, Map<String, String> files) throws IOException {
    if (Files.exists(folder)) {
      for (String path : read(folder).keySet()) {
        Files.delete(folder.resolve(path));
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    }
    return files;
  }
}
