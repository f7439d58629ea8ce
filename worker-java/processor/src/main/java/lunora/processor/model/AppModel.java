package lunora.processor.model;

import java.util.List;
import javax.lang.model.element.TypeElement;

/** An app: what it is made of, by the names of the generated classes. */
public record AppModel(
    TypeElement element, List<ClassName> tables, List<ClassName> functions, List<String> accepted) {

  public static final String SUFFIX = "Module";

  public ClassName name() {
    return ClassName.of(element);
  }

  /** The class that makes the module. */
  public ClassName generated() {
    return name().generated(SUFFIX);
  }
}
