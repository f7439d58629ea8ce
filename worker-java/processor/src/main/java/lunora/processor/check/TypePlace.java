package lunora.processor.check;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import lunora.processor.model.ValueType;

/** Where a type stands in the source, and how it is refused there. */
record TypePlace(Report report, Element at, Role role, Depth depth) {

  /** Whose type it is. */
  enum Role {
    PARAMETER("A parameter"),
    COMPONENT("A component"),
    RESULT("A result");

    private final String text;

    Role(String text) {
      this.text = text;
    }
  }

  /** How deep in the type it stands. */
  enum Depth {
    /** The type itself. */
    TOP,
    /** Within one Optional, List or Page. */
    INNER,
    /** Further in, or within a Map. */
    DEEP
  }

  /** The place of the type itself. */
  static TypePlace of(Report report, Element at, Role role) {
    return new TypePlace(report, at, role, Depth.TOP);
  }

  TypePlace inner() {
    return new TypePlace(report, at, role, depth == Depth.TOP ? Depth.INNER : Depth.DEEP);
  }

  TypePlace deep() {
    return new TypePlace(report, at, role, Depth.DEEP);
  }

  /** Reports an error; what was to be read is empty then. */
  <T> Optional<T> refuse(String message) {
    report.error(at, message);
    return Optional.empty();
  }

  /** Reports that no such type can stand here, and which ones can. */
  Optional<ValueType> unsupported(TypeMirror type, String advice) {
    String sentence = advice.isEmpty() ? "" : " " + advice;
    String list = role == Role.RESULT ? TypeText.RESULT_LIST : TypeText.LIST;
    return refuse(role.text + " cannot be " + TypeText.of(type) + "." + sentence + " " + list);
  }
}
