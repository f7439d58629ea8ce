package lunora.processor.step;

import java.util.Comparator;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import lunora.processor.check.Compilation;
import lunora.processor.check.StrayCheck;
import lunora.processor.model.ClassName;

/** All steps of a compilation, in order. */
public final class Steps {

  private Steps() {}

  /** Writes what can be written and reports the rest. */
  public static void run(ProcessingEnvironment environment, RoundEnvironment round) {
    Compilation compilation = new Compilation(environment, round);
    Session session = new Session(compilation, environment.getFiler());
    List<ClassName> tables = new DocumentStep(session).run();
    List<ClassName> functions = new FunctionsStep(session).run();
    new CodecStep(session).run();
    new AppStep(session).run(sorted(tables), sorted(functions));
    new StrayCheck(compilation).run();
    compilation.report().print(environment.getMessager());
  }

  /** The same module for the same sources, whatever order javac was given them in. */
  private static List<ClassName> sorted(List<ClassName> names) {
    return names.stream().sorted(Comparator.comparing(ClassName::qualified)).toList();
  }
}
