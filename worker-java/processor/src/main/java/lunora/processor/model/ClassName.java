package lunora.processor.model;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * The name of a class, generated ones included.
 *
 * @param packageName empty for the unnamed package
 * @param simpleNames from the outermost class inwards
 */
public record ClassName(String packageName, List<String> simpleNames) {

  /** The name of a top-level class. */
  public static ClassName of(String packageName, String simpleName) {
    return new ClassName(packageName, List.of(simpleName));
  }

  /** The name of a class of the compilation. */
  public static ClassName of(TypeElement type) {
    List<String> names = new ArrayList<>();
    Element element = type;
    while (!(element instanceof PackageElement)) {
      names.add(0, element.getSimpleName().toString());
      element = Enclosing.of(element);
    }
    String packageName = ((PackageElement) element).getQualifiedName().toString();
    return new ClassName(packageName, List.copyOf(names));
  }

  /** The name of the class itself, without those around it. */
  public String simpleName() {
    return simpleNames.get(simpleNames.size() - 1);
  }

  /** The name of the top-level class around it, or its own. */
  public String outermost() {
    return simpleNames.get(0);
  }

  /** The name as it is written where the outermost class is imported. */
  public String nested() {
    return String.join(".", simpleNames);
  }

  /** The name that needs no import. */
  public String qualified() {
    return packageName.isEmpty() ? nested() : packageName + "." + nested();
  }

  /** The top-level class of the same package that is generated for this one. */
  public ClassName generated(String suffix) {
    return of(packageName, simpleName() + suffix);
  }
}
