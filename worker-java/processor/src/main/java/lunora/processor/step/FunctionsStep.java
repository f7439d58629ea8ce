package lunora.processor.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import lunora.processor.check.Api;
import lunora.processor.check.FunctionsReader;
import lunora.processor.model.ClassName;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionsModel;
import lunora.processor.write.FunctionsWriter;

/** {@code @Functions}: generates {@code XFunctions}. */
final class FunctionsStep {

  private final Session session;

  FunctionsStep(Session session) {
    this.session = session;
  }

  /** The generated classes. */
  List<ClassName> run() {
    List<ClassName> generated = new ArrayList<>();
    FunctionsReader reader = new FunctionsReader(session.compilation(), session.shapes());
    for (Element element : session.compilation().annotated(Api.FUNCTIONS)) {
      Optional<FunctionsModel> functions = reader.read((TypeElement) element);
      if (functions.isPresent() && isUnique(functions.get())) {
        session.write(FunctionsWriter.write(functions.get(), session.compilation()::exists));
        generated.add(functions.get().generated());
      }
    }
    return generated;
  }

  private boolean isUnique(FunctionsModel functions) {
    boolean unique = session.unique().generated(functions.generated(), functions.element());
    for (FunctionModel function : functions.functions()) {
      unique &= session.unique().path(function);
    }
    return unique;
  }
}
