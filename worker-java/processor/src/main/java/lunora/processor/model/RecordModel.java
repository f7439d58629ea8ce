package lunora.processor.model;

import java.util.List;
import javax.lang.model.element.TypeElement;

/** A record with its fields. */
public record RecordModel(TypeElement element, List<FieldModel> fields) implements ShapeModel {

  @Override
  public ClassName name() {
    return ClassName.of(element);
  }
}
