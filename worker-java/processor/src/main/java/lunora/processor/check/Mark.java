package lunora.processor.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** An annotation where it stands. A value that does not resolve is absent: javac reports it. */
public record Mark(Element element, AnnotationMirror mirror) {

  /** The annotation of the element, if it has it. */
  public static Optional<Mark> on(Element element, String annotation) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (nameOf(mirror).equals(annotation)) {
        return Optional.of(new Mark(element, mirror));
      }
    }
    return Optional.empty();
  }

  /** The qualified name of an annotation. */
  static String nameOf(AnnotationMirror mirror) {
    return ((TypeElement) mirror.getAnnotationType().asElement()).getQualifiedName().toString();
  }

  /** A value that is written out. */
  public Optional<AnnotationValue> value(String member) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  public Optional<String> text(String member) {
    return value(member).map(AnnotationValue::getValue).flatMap(Mark::resolved);
  }

  /** A string; javac gives {@code <error>} for a constant that does not resolve. */
  private static Optional<String> resolved(Object value) {
    return value instanceof String text && !text.equals("<error>")
        ? Optional.of(text)
        : Optional.empty();
  }

  public OptionalLong number(String member) {
    Optional<Object> value = value(member).map(AnnotationValue::getValue);
    return value.isPresent() && value.get() instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  public boolean isTrue(String member) {
    return value(member).map(AnnotationValue::getValue).filter(Boolean.TRUE::equals).isPresent();
  }

  /** The elements of an array. */
  public List<AnnotationValue> list(String member) {
    Optional<Object> value = value(member).map(AnnotationValue::getValue);
    if (value.isEmpty() || !(value.get() instanceof List<?> items)) {
      return List.of();
    }
    return items.stream()
        .filter(AnnotationValue.class::isInstance)
        .map(AnnotationValue.class::cast)
        .toList();
  }
}
