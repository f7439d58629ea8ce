package lunora.processor.write;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import lunora.processor.model.ClassName;

/**
 * Which classes a file names, and how. The first class of a simple name gets the name; any other of
 * that name is written in full.
 */
final class Imports {

  private static final String JAVA_LANG = "java.lang";

  private final ClassName file;
  private final Predicate<ClassName> exists;
  private final Map<String, ClassName> bySimpleName = new HashMap<>();

  /**
   * The imports of a file.
   *
   * @param file the class it declares
   * @param exists whether the compilation knows a class
   */
  Imports(ClassName file, Predicate<ClassName> exists) {
    this.file = file;
    this.exists = exists;
    bySimpleName.put(file.simpleName(), file);
  }

  /** The name of the class as it is written in this file. */
  String use(ClassName name) {
    ClassName outermost = ClassName.of(name.packageName(), name.outermost());
    boolean hidden =
        name.packageName().equals(JAVA_LANG)
            && exists.test(ClassName.of(file.packageName(), name.outermost()));
    if (hidden) {
      return name.qualified();
    }
    ClassName first = bySimpleName.putIfAbsent(name.outermost(), outermost);
    return first == null || first.equals(outermost) ? name.nested() : name.qualified();
  }

  /** Whether the file names the class. */
  boolean names(ClassName name) {
    return name.equals(bySimpleName.get(name.outermost()));
  }

  /** The import declarations, in order. */
  List<String> lines() {
    TreeSet<String> lines = new TreeSet<>();
    for (ClassName name : bySimpleName.values()) {
      String packageName = name.packageName();
      if (!packageName.equals(file.packageName()) && !packageName.equals(JAVA_LANG)) {
        lines.add("import " + name.qualified() + ";");
      }
    }
    return List.copyOf(lines);
  }
}
