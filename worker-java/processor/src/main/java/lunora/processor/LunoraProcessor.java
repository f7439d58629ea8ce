package lunora.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import lunora.processor.step.Steps;

/**
 * Writes, for the annotations of {@code lunora.api}, the code over the public builder that a person
 * would write: {@code XTable}, {@code XCodec}, {@code XFunctions} and {@code XModule}.
 */
public final class LunoraProcessor extends AbstractProcessor {

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("lunora.api.*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!annotations.isEmpty()) {
      Steps.run(processingEnv, round);
    }
    return false;
  }
}
