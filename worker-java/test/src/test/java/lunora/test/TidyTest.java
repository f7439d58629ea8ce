package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The repository's own manners: names, leftovers, documents and their links. */
class TidyTest {

  private static final Path ROOT =
      Path.of(System.getProperty("lunora.root", ".")).toAbsolutePath().normalize();

  private static final Set<String> TEXT =
      Set.of(
          "java", "md", "mjs", "ts", "json", "jsonc", "xml", "css", "html", "properties", "npmrc");

  /** Words that say nothing: name what the class is or does. */
  private static final Pattern BANNED_CLASS_NAME =
      Pattern.compile("\\b\\w*(Manager|Helper|Util|Utils|Impl)\\.java$");

  // Split, so that this file does not find itself.
  private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
  private static final Pattern MACHINE =
      Pattern.compile(
          "registry\\.npm" + "js\\.|npm" + "mirror|/(home|Us" + "ers|ro" + "ot|wo" + "rk)/\\w");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  /** Two humps at least, as all our classes that a document would name have. */
  private static final Pattern CODE_NAME = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*[a-z])`");

  private static final Set<String> PLATFORM_NAMES = Set.of("AsyncLocalStorage");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");

  private record Tracked(String path, String text) {

    String extension() {
      return path.substring(path.lastIndexOf('.') + 1);
    }
  }

  private static List<Tracked> files = List.of();

  @BeforeAll
  static void readTrackedFiles() throws IOException, InterruptedException {
    Process git = new ProcessBuilder("git", "ls-files", "-z").directory(ROOT.toFile()).start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), "git ls-files in " + ROOT);
    List<Tracked> read = new ArrayList<>();
    for (String name : names.split("\0", -1)) {
      Path file = ROOT.resolve(name);
      boolean text = TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
      if (text && Files.isRegularFile(file)) {
        read.add(new Tracked(name, Files.readString(file)));
      }
    }
    files = read;
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    expectNone((file, line) -> BANNED_CLASS_NAME.matcher(file.path()).find(), true);
  }

  @Test
  void nothingIsLeftForLater() {
    expectNone((file, line) -> LEFTOVER.matcher(line).find(), false);
  }

  @Test
  void nothingNamesARegistryHostOrAMachinesPaths() {
    expectNone((file, line) -> MACHINE.matcher(line).find(), false);
  }

  @Test
  void aDocumentHasOneTitle() {
    List<String> wrong = new ArrayList<>();
    for (Tracked document : documents()) {
      long titles =
          FENCE
              .matcher(document.text())
              .replaceAll("")
              .lines()
              .filter(line -> line.startsWith("# "))
              .count();
      if (titles != 1) {
        wrong.add(document.path() + " has " + titles + " titles");
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void linksLeadSomewhere() {
    List<String> dead = new ArrayList<>();
    for (Tracked document : documents()) {
      Path directory = ROOT.resolve(document.path()).resolveSibling("");
      Matcher links = LINK.matcher(FENCE.matcher(document.text()).replaceAll(""));
      while (links.find()) {
        String target = links.group(1);
        if (!target.contains("://") && !Files.exists(directory.resolve(target).normalize())) {
          dead.add(document.path() + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void documentsInDocsNameClassesThatExist() {
    Set<String> classes =
        files.stream()
            .filter(file -> Set.of("java", "ts", "mjs").contains(file.extension()))
            .flatMap(file -> Pattern.compile("\\b[A-Z]\\w+").matcher(file.text()).results())
            .map(found -> found.group())
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (Tracked document : documents()) {
      Matcher names = CODE_NAME.matcher(document.text());
      while (document.path().startsWith("docs/") && names.find()) {
        if (!classes.contains(names.group(1)) && !PLATFORM_NAMES.contains(names.group(1))) {
          unknown.add(document.path() + " names " + names.group(1));
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  private static List<Tracked> documents() {
    return files.stream().filter(file -> file.extension().equals("md")).toList();
  }

  private static void expectNone(BiFunction<Tracked, String, Boolean> wrong, boolean byFile) {
    List<String> found = new ArrayList<>();
    for (Tracked file : files) {
      if (byFile && wrong.apply(file, "")) {
        found.add(file.path());
      }
      int number = 0;
      for (String line : byFile ? List.<String>of() : file.text().lines().toList()) {
        number++;
        if (wrong.apply(file, line)) {
          found.add(file.path() + ":" + number + ": " + line.strip());
        }
      }
    }
    assertEquals(List.of(), found);
  }
}
