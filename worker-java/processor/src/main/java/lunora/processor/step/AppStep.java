package lunora.processor.step;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import lunora.processor.check.Api;
import lunora.processor.check.Compilation;
import lunora.processor.check.Mark;
import lunora.processor.model.AppModel;
import lunora.processor.model.ClassName;
import lunora.processor.write.ModuleWriter;

/** {@code @App}: generates {@code XModule}. */
final class AppStep {

  private final Session session;
  private final Compilation compilation;

  AppStep(Session session) {
    this.session = session;
    this.compilation = session.compilation();
  }

  void run(List<ClassName> tables, List<ClassName> functions) {
    List<Element> apps = new ArrayList<>(compilation.annotated(Api.APP));
    if (apps.isEmpty()) {
      reportMissing();
      return;
    }
    for (Element other : apps.subList(1, apps.size())) {
      Mark mark = Mark.on(other, Api.APP).orElseThrow();
      String message = "a compilation has one @App, and " + apps.get(0) + " is it; remove this one";
      compilation.report().error(mark, message);
    }
    List<String> accepted = new ArrayList<>();
    for (AnnotationValue each : Mark.on(apps.get(0), Api.APP).orElseThrow().list("accept")) {
      accepted.add(String.valueOf(each.getValue()));
    }
    AppModel app = new AppModel((TypeElement) apps.get(0), tables, functions, accepted);
    boolean named = !compilation.elements().getPackageOf(app.element()).isUnnamed();
    if (!named) {
      compilation.report().error(app.element(), "the @App class has to stand in a package");
    } else if (session.unique().generated(app.generated(), app.element())) {
      session.write(ModuleWriter.write(app, compilation::exists));
    }
  }

  private void reportMissing() {
    for (String annotation : List.of(Api.DOCUMENT, Api.FUNCTIONS)) {
      for (Element element : compilation.annotated(annotation)) {
        String message = "no class is marked @App: mark one, it names the module with all of this";
        compilation.report().error(Mark.on(element, annotation).orElseThrow(), message);
        return;
      }
    }
  }
}
