package lunora.processor.model;

import java.util.List;
import javax.lang.model.element.TypeElement;

/** A sealed interface with the records it permits, in order of declaration. */
public record SealedModel(TypeElement element, List<ValueType.ObjectOf> cases)
    implements ShapeModel {

  @Override
  public ClassName name() {
    return ClassName.of(element);
  }
}
