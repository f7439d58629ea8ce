package lunora.processor.model;

import javax.lang.model.element.TypeElement;

/** A type that travels as an object and gets a class with its codec. */
public sealed interface ShapeModel permits RecordModel, SealedModel {

  TypeElement element();

  ClassName name();
}
