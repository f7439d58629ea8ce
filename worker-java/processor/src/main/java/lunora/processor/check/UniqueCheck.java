package lunora.processor.check;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.ClassName;
import lunora.processor.model.DocumentModel;
import lunora.processor.model.Enclosing;
import lunora.processor.model.FunctionModel;

/** Reports names that are given twice in the compilation. */
public final class UniqueCheck {

  private final Compilation compilation;
  private final Map<String, String> tables = new HashMap<>();
  private final Map<String, Element> paths = new HashMap<>();
  private final Map<ClassName, TypeElement> generated = new HashMap<>();

  public UniqueCheck(Compilation compilation) {
    this.compilation = compilation;
  }

  /** Whether no document before has the table's name, but for case. */
  public boolean table(DocumentModel document) {
    TypeElement type = document.record().element();
    String key = document.table().toLowerCase(Locale.ROOT);
    String other = tables.putIfAbsent(key, type.getSimpleName().toString());
    if (other == null) {
      return true;
    }
    Mark mark = Mark.on(type, Api.DOCUMENT).orElseThrow();
    String message = other + " has a table named " + document.table() + " already; rename one";
    compilation.report().error(mark, mark.value("table"), message);
    return false;
  }

  /** Whether no function before has the path. */
  public boolean path(FunctionModel function) {
    String path = function.signature().path();
    Element owner = Enclosing.of(function.element());
    Element other = paths.putIfAbsent(path, owner);
    // Two of one class were reported there.
    if (other == null || other.equals(owner)) {
      return true;
    }
    String message = other.getSimpleName() + " has a function " + path + " already; rename one";
    compilation.report().error(function.element(), message);
    return false;
  }

  /** Whether the class to be generated is new. */
  public boolean generated(ClassName name, TypeElement origin) {
    TypeElement other = generated.putIfAbsent(name, origin);
    Optional<TypeElement> written =
        Optional.ofNullable(compilation.elements().getTypeElement(name.qualified()));
    if (other != null) {
      String message = name.simpleName() + " would be generated for " + other.getQualifiedName();
      compilation.report().error(origin, message + " as well; rename one");
      return false;
    }
    if (written.isPresent() && compilation.hasSource(written.get())) {
      String message = name.simpleName() + " is generated from " + origin.getSimpleName();
      compilation.report().error(written.get(), message + "; rename this one");
      return false;
    }
    return true;
  }
}
