package lunora.processor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Elements.Origin;
import javax.tools.Diagnostic.Kind;
import lunora.processor.model.Enclosing;
import org.jspecify.annotations.Nullable;

/** Everything that is wrong with a compilation, printed at once. */
public final class Report {

  private record Finding(
      String message,
      Element element,
      @Nullable AnnotationMirror mirror,
      @Nullable AnnotationValue value) {}

  private final Elements elements;
  private final List<Finding> findings = new ArrayList<>();

  public Report(Elements elements) {
    this.elements = elements;
  }

  /** Adds an error at the element. */
  public void error(Element element, String message) {
    findings.add(new Finding(message, element, null, null));
  }

  /** Adds an error at the annotation. */
  public void error(Mark mark, String message) {
    findings.add(new Finding(message, mark.element(), mark.mirror(), null));
  }

  /** Adds an error at a value of the annotation. */
  public void error(Mark mark, Optional<AnnotationValue> value, String message) {
    findings.add(new Finding(message, mark.element(), mark.mirror(), value.orElse(null)));
  }

  public void print(Messager messager) {
    for (Finding finding : findings) {
      print(finding, messager);
    }
  }

  private void print(Finding finding, Messager messager) {
    Element element = finding.element();
    if (element instanceof RecordComponentElement component) {
      printAtComponent(finding, component, messager);
    } else {
      messager.printMessage(
          Kind.ERROR, finding.message(), element, finding.mirror(), finding.value());
    }
  }

  // javac has no position for a record component itself; its field and, where the canonical
  // constructor is implicit, the constructor's parameter stand at the same place of the source.
  private void printAtComponent(
      Finding finding, RecordComponentElement component, Messager messager) {
    AnnotationMirror mirror = finding.mirror();
    Optional<Mark> copy = Optional.empty();
    if (mirror != null) {
      copy = parameterOf(component).flatMap(p -> Mark.on(p, Mark.nameOf(mirror)));
    }
    if (copy.isPresent()) {
      Mark mark = copy.get();
      messager.printMessage(Kind.ERROR, finding.message(), mark.element(), mark.mirror());
    } else {
      messager.printMessage(Kind.ERROR, finding.message(), fieldOf(component));
    }
  }

  private Optional<VariableElement> parameterOf(RecordComponentElement component) {
    for (Element member : Enclosing.of(component).getEnclosedElements()) {
      if (member instanceof ExecutableElement method
          && method.getKind() == ElementKind.CONSTRUCTOR
          && elements.getOrigin(method) == Origin.MANDATED) {
        for (VariableElement parameter : method.getParameters()) {
          if (parameter.getSimpleName().equals(component.getSimpleName())) {
            return Optional.of(parameter);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Element fieldOf(RecordComponentElement component) {
    for (Element member : Enclosing.of(component).getEnclosedElements()) {
      if (member.getKind() == ElementKind.FIELD
          && member.getSimpleName().equals(component.getSimpleName())) {
        return member;
      }
    }
    return component;
  }
}
