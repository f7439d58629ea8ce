package lunora.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code blocks of the guide are the files of the golden {@code guide}. */
final class GuideTest {

  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int BLOCKS = 5;

  @Test
  void blocksAreFiles() throws IOException {
    Path root = Path.of(System.getProperty("lunora.root", "../.."));
    String guide = Files.readString(root.resolve("docs/guide/generated-code.md"));
    Collection<String> files = GoldenTest.read(Path.of("src/test/golden/guide")).values();
    Matcher blocks = BLOCK.matcher(guide);
    int count = 0;
    for (; blocks.find(); count++) {
      String block = blocks.group(1);
      assertTrue(files.contains(block), () -> "no file of the golden guide is\n" + block);
    }
    assertEquals(BLOCKS, count);
  }
}
