package lunora.processor.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import lunora.processor.model.ClassName;
import lunora.processor.model.Enclosing;

/** The sources being compiled, as javac sees them, and what is wrong with them. */
public final class Compilation {

  private final RoundEnvironment round;
  private final Elements elements;
  private final Types types;
  private final Report report;
  private final Set<Element> sources;

  public Compilation(ProcessingEnvironment environment, RoundEnvironment round) {
    this.round = round;
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.report = new Report(elements);
    this.sources = new HashSet<>(round.getRootElements());
  }

  public Report report() {
    return report;
  }

  public Elements elements() {
    return elements;
  }

  public Types types() {
    return types;
  }

  /** The elements with the annotation, in order of the sources. */
  public Set<? extends Element> annotated(String annotation) {
    TypeElement type = elements.getTypeElement(annotation);
    return type == null ? Set.of() : new LinkedHashSet<>(round.getElementsAnnotatedWith(type));
  }

  /** Whether the source of the type is being compiled: only then are its annotations known. */
  public boolean hasSource(TypeElement type) {
    Element element = type;
    while (!(Enclosing.of(element) instanceof PackageElement)) {
      element = Enclosing.of(element);
    }
    return sources.contains(element);
  }

  /** Whether there is a class of that name, in source or compiled before. */
  public boolean exists(ClassName name) {
    return elements.getTypeElement(name.qualified()) != null;
  }

  /** Whether generated code of the same package can name the type. */
  public boolean isVisible(TypeElement type) {
    Element element = type;
    while (!(element instanceof PackageElement)) {
      if (element.getModifiers().contains(Modifier.PRIVATE)) {
        return false;
      }
      element = Enclosing.of(element);
    }
    return true;
  }

  /** Reports a class that nothing can be generated for, wherever its kind would admit it. */
  boolean isPlain(TypeElement type, String role) {
    boolean plain = true;
    if (!isVisible(type)) {
      report.error(type, role + " is private: generated code of its package has to name it");
      plain = false;
    }
    if (!type.getTypeParameters().isEmpty()) {
      report.error(type, role + " cannot have type parameters");
      plain = false;
    }
    if (elements.getPackageOf(type).isUnnamed()) {
      report.error(type, role + " has to stand in a package: the generated module imports it");
      plain = false;
    }
    return plain;
  }
}
