package lunora.processor.check;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import lunora.processor.model.Enclosing;
import lunora.processor.model.FunctionKind;
import lunora.processor.model.HookKind;
import lunora.processor.model.MigrationModel;
import lunora.processor.model.PolicyModel;

/** Reports annotations that stand where nothing reads them. */
public final class StrayCheck {

  private static final List<String> CONSTRAINTS = List.of(Api.LENGTH, Api.RANGE, Api.DEFAULT);

  private final Compilation compilation;

  public StrayCheck(Compilation compilation) {
    this.compilation = compilation;
  }

  public void run() {
    for (FunctionKind kind : FunctionKind.values()) {
      for (Element method : compilation.annotated(kind.annotation())) {
        if (FunctionsReader.kinds(method).contains(kind)
            && Mark.on(Enclosing.of(method), Api.FUNCTIONS).isEmpty()) {
          String name = "@" + kind.simpleName();
          error(method, kind.annotation(), name + " stands in a class that is marked @Functions");
        }
      }
    }
    for (HookKind kind : HookKind.values()) {
      for (Element method : compilation.annotated(kind.annotation())) {
        if (Mark.on(Enclosing.of(method), Api.FUNCTIONS).isEmpty()) {
          String name = "@" + kind.simpleName();
          error(method, kind.annotation(), name + " stands in a class that is marked @Functions");
        }
      }
    }
    for (Element method : compilation.annotated(PolicyModel.ANNOTATION)) {
      if (Mark.on(Enclosing.of(method), Api.FUNCTIONS).isEmpty()) {
        String message = "@Policy stands in a class that is marked @Functions";
        error(method, PolicyModel.ANNOTATION, message);
      }
    }
    for (Element method : compilation.annotated(MigrationModel.ANNOTATION)) {
      if (Mark.on(Enclosing.of(method), Api.FUNCTIONS).isEmpty()) {
        String message = "@Migration stands in a class that is marked @Functions";
        error(method, MigrationModel.ANNOTATION, message);
      }
    }
    for (String trigger : List.of(Api.CRON, Api.QUEUE_CONSUMER)) {
      for (Element method : compilation.annotated(trigger)) {
        if (FunctionsReader.kinds(method).isEmpty()) {
          String name = "@" + trigger.substring(trigger.lastIndexOf('.') + 1);
          error(method, trigger, name + " stands beside @Mutation or @Action");
        }
      }
    }
    for (Element method : compilation.annotated(Api.INTERNAL)) {
      if (FunctionsReader.kinds(method).isEmpty()) {
        error(
            method, Api.INTERNAL, "@Internal stands beside @Query, @Mutation, @Action or @Stream");
      }
    }
    for (String index : List.of(Api.INDEX, Api.INDEXES)) {
      for (Element type : compilation.annotated(index)) {
        if (Mark.on(type, Api.DOCUMENT).isEmpty()) {
          error(type, index, "@Index stands on a record that is marked @Document");
        }
      }
    }
    CONSTRAINTS.forEach(this::checkConstraint);
  }

  private void checkConstraint(String annotation) {
    String name = "@" + annotation.substring(annotation.lastIndexOf('.') + 1);
    for (Element element : compilation.annotated(annotation)) {
      if (element.getEnclosingElement() instanceof ExecutableElement method
          && method.getKind() == ElementKind.METHOD) {
        boolean isContext = method.getParameters().indexOf(element) == 0;
        if (FunctionsReader.kinds(method).isEmpty() || isContext) {
          error(element, annotation, name + " stands on an argument of a function");
        }
      }
    }
  }

  private void error(Element element, String annotation, String message) {
    Optional<Mark> mark = Mark.on(element, annotation);
    if (mark.isPresent()) {
      compilation.report().error(mark.get(), message);
    }
  }
}
