package lunora.processor.model;

import java.util.Objects;
import javax.lang.model.element.Element;

/** What stands around an element. */
public final class Enclosing {

  private Enclosing() {}

  /** The element around one that is not a package. */
  public static Element of(Element element) {
    return Objects.requireNonNull(element.getEnclosingElement());
  }
}
