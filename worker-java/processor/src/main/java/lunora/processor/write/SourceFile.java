package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.ClassName;

/** One generated file: a public final class without instances. */
public final class SourceFile {

  private static final String PROCESSOR = "lunora.processor.LunoraProcessor";
  private static final int MEMBER_INDENT = 2;

  private static final String NULL_AWAY =
      "@SuppressWarnings(\"NullAway\") // it does not see that a type argument is nullable\n";

  private final ClassName name;
  private final List<TypeElement> origins = new ArrayList<>();
  private final Imports imports;
  private final List<String> constants = new ArrayList<>();
  private final List<String> methods = new ArrayList<>();
  private String javadoc = "";

  SourceFile(ClassName name, TypeElement origin, Predicate<ClassName> exists) {
    this.name = name;
    this.origins.add(origin);
    this.imports = new Imports(name, exists);
  }

  /** The class it declares. */
  public ClassName name() {
    return name;
  }

  /** The class it was made from. */
  public List<TypeElement> origins() {
    return origins;
  }

  Imports imports() {
    return imports;
  }

  /** Sets the text over the class. */
  void describe(String text) {
    javadoc = Javadoc.of(text, 0);
  }

  /** Adds {@code public static final <type> <name> = <value>;}. */
  void constant(String text, String typeAndName, Layout value) {
    Layout line = Layout.assign("public static final " + typeAndName + " =", value);
    constants.add(member(text, Layout.group(line, Layout.text(";"))));
  }

  /** Adds a method of one statement. */
  void method(String text, Layout head, Layout statement) {
    String body =
        " ".repeat(2 * MEMBER_INDENT)
            + Layout.render(Layout.group(statement, Layout.text(";")), 2 * MEMBER_INDENT);
    String declaration = member(text, Layout.group(head, Layout.text(" {")));
    methods.add(declaration + body + "\n  }\n");
  }

  private static String member(String text, Layout layout) {
    String indent = " ".repeat(MEMBER_INDENT);
    return Javadoc.of(text, MEMBER_INDENT) + indent + Layout.render(layout, MEMBER_INDENT) + "\n";
  }

  /** The whole file. */
  public String text() {
    String generated = imports.use(LunoraNames.GENERATED);
    StringBuilder out = new StringBuilder();
    if (!name.packageName().isEmpty()) {
      out.append("package ").append(name.packageName()).append(";\n\n");
    }
    for (String line : imports.lines()) {
      out.append(line).append('\n');
    }
    out.append('\n').append(javadoc);
    out.append("@").append(generated).append("(\"").append(PROCESSOR).append("\")\n");
    if (imports.names(LunoraNames.NULLABLE)) {
      out.append(NULL_AWAY);
    }
    out.append("public final class ").append(name.simpleName()).append(" {\n");
    for (String constant : constants) {
      out.append('\n').append(constant);
    }
    out.append("\n  private ").append(name.simpleName()).append("() {}\n");
    for (String method : methods) {
      out.append('\n').append(method);
    }
    return out.append("}\n").toString();
  }
}
