package lunora.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A compilation of sources in memory with the processor, and what came of it. */
final class Compilation {

  /** One error: the source file's simple name with the line, and the message. */
  record Problem(String at, String message) {

    @Override
    public String toString() {
      return at + " " + message;
    }
  }

  private final Map<String, String> generated = new TreeMap<>();
  private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
  private final List<Problem> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Compilation() {}

  /** Compiles; the keys are paths such as {@code chat/Message.java}. */
  static Compilation of(Map<String, String> sources, String... options) {
    return of(List.of(new LunoraProcessor()), sources, options);
  }

  static Compilation of(
      List<Processor> processors, Map<String, String> sources, String... options) {
    Compilation result = new Compilation();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((path, text) -> units.add(new Source(path, text)));
    List<String> all =
        new ArrayList<>(List.of("--release", "17", "-Xlint:all,-processing,-serial"));
    all.addAll(List.of(options));
    Memory memory = result.new Memory(javac.getStandardFileManager(diagnostics, null, null));
    JavaCompiler.CompilationTask task = javac.getTask(null, memory, diagnostics, all, null, units);
    task.setProcessors(processors);
    task.call();
    for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
      result.add(diagnostic);
    }
    return result;
  }

  private void add(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(Locale.ROOT);
    JavaFileObject source = diagnostic.getSource();
    String file = source == null ? "?" : source.getName().replaceAll(".*/", "");
    String at = file + ":" + diagnostic.getLineNumber();
    if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
      errors.add(new Problem(at, message));
    } else {
      warnings.add(at + " " + message);
    }
  }

  /** The generated sources by path. */
  Map<String, String> generated() {
    return generated;
  }

  List<Problem> errors() {
    return errors;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Loads the compiled classes beside those of this test. */
  ClassLoader classLoader() {
    return new ClassLoader(Compilation.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = classes.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
      }
    };
  }

  /** Writes the compiled classes as files, for another compilation to use. */
  void writeClasses(Path folder) throws IOException {
    for (Map.Entry<String, ByteArrayOutputStream> each : classes.entrySet()) {
      Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue().toByteArray());
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

    Memory(JavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      String path = className.replace('.', '/') + kind.extension;
      URI uri = URI.create("string:///" + path);
      if (location == StandardLocation.CLASS_OUTPUT && kind == JavaFileObject.Kind.CLASS) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        classes.put(className, bytes);
        return new Output(uri, kind, bytes);
      }
      return new Output(uri, kind, new ByteArrayOutputStream()) {
        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
          String text = bytes().toString(StandardCharsets.UTF_8);
          generated.put(path, text);
          return text;
        }
      };
    }
  }

  private static class Output extends SimpleJavaFileObject {

    private final ByteArrayOutputStream bytes;

    Output(URI uri, Kind kind, ByteArrayOutputStream bytes) {
      super(uri, kind);
      this.bytes = bytes;
    }

    ByteArrayOutputStream bytes() {
      return bytes;
    }

    @Override
    public OutputStream openOutputStream() throws IOException {
      return bytes;
    }
  }
}
