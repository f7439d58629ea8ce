package lunora.processor.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import lunora.processor.check.TypePlace.Role;
import lunora.processor.model.ClassName;
import lunora.processor.model.FieldModel;
import lunora.processor.model.RecordModel;
import lunora.processor.model.SealedModel;
import lunora.processor.model.ShapeModel;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.model.ValueType.ObjectOf;

/** Reads records and sealed interfaces, each once, however many places name it. */
public final class ShapeReader {

  private final Compilation compilation;
  private final TypeReader types;
  private final ConstraintReader constraints;
  private final Map<TypeElement, Optional<ShapeModel>> read = new LinkedHashMap<>();
  private final List<TypeElement> open = new ArrayList<>();

  public ShapeReader(Compilation compilation) {
    this.compilation = compilation;
    this.types = new TypeReader(compilation, this);
    this.constraints = new ConstraintReader(compilation);
  }

  /** The records and sealed interfaces that need a codec of their own. */
  public List<ShapeModel> codecs() {
    List<ShapeModel> codecs = new ArrayList<>();
    for (Optional<ShapeModel> shape : read.values()) {
      shape.filter(each -> !isDocument(each.element())).ifPresent(codecs::add);
    }
    return codecs;
  }

  TypeReader types() {
    return types;
  }

  ConstraintReader constraints() {
    return constraints;
  }

  /** Whether the type has a table. */
  boolean isDocument(TypeElement type) {
    return compilation.hasSource(type)
        ? Mark.on(type, Api.DOCUMENT).isPresent()
        : compilation.exists(ClassName.of(type).generated(Holder.TABLE.suffix()));
  }

  /** A record or sealed interface of this compilation as the type of something. */
  Optional<ValueType> read(TypeElement type, Element at) {
    if (open.contains(type)) {
      compilation.report().error(at, recursion(type));
      return Optional.empty();
    }
    Holder holder = isDocument(type) ? Holder.TABLE : Holder.CODEC;
    return shape(type).map(shape -> new ObjectOf(shape.name(), holder));
  }

  private String recursion(TypeElement type) {
    String name = type.getSimpleName().toString();
    List<String> way = new ArrayList<>();
    for (TypeElement each : open.subList(open.indexOf(type), open.size())) {
      way.add(each.getSimpleName().toString());
    }
    way.add(name);
    return name
        + " contains itself ("
        + String.join(" > ", way)
        + "): store the inner ones as documents and keep their Id, or use lunora.wire.Value";
  }

  /** The record with its components. */
  Optional<RecordModel> record(TypeElement type) {
    return shape(type).filter(RecordModel.class::isInstance).map(RecordModel.class::cast);
  }

  private Optional<ShapeModel> shape(TypeElement type) {
    Optional<ShapeModel> known = read.get(type);
    if (known != null) {
      return known;
    }
    open.add(type);
    Optional<ShapeModel> shape =
        type.getKind() == ElementKind.RECORD ? readRecord(type) : readSealed(type);
    open.remove(type);
    read.put(type, shape);
    return shape;
  }

  private Optional<ShapeModel> readRecord(TypeElement type) {
    List<FieldModel> fields = new ArrayList<>();
    boolean complete = true;
    for (RecordComponentElement component : type.getRecordComponents()) {
      String name = component.getSimpleName().toString();
      if (!NameRules.isDeclarable(name)) {
        compilation.report().error(component, "component " + name + ": " + NameRules.DECLARED);
        complete = false;
      }
      Optional<ValueType> value =
          types
              .read(component.asType(), component, Role.COMPONENT)
              .flatMap(present -> constraints.apply(component, present));
      value.ifPresent(present -> fields.add(new FieldModel(name, present)));
      complete &= value.isPresent();
    }
    return complete ? Optional.of(new RecordModel(type, List.copyOf(fields))) : Optional.empty();
  }

  private Optional<ShapeModel> readSealed(TypeElement type) {
    List<ObjectOf> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean complete = true;
    for (TypeMirror permitted : type.getPermittedSubclasses()) {
      TypeElement element = (TypeElement) ((DeclaredType) permitted).asElement();
      Optional<ValueType> value = readCase(element, type);
      value.ifPresent(object -> cases.add((ObjectOf) object));
      complete &= value.isPresent();
      if (!names.add(element.getSimpleName().toString())) {
        String message = "two cases of " + type.getSimpleName() + " are named ";
        compilation.report().error(element, message + element.getSimpleName() + ": rename one");
        complete = false;
      }
    }
    return complete ? Optional.of(new SealedModel(type, List.copyOf(cases))) : Optional.empty();
  }

  private Optional<ValueType> readCase(TypeElement element, TypeElement parent) {
    String problem = "";
    if (element.getKind() != ElementKind.RECORD) {
      problem = "is not a record: a sealed interface that travels permits records only";
    } else if (!element.getTypeParameters().isEmpty()) {
      problem = "cannot have type parameters";
    } else if (!compilation.isVisible(element)) {
      problem = "is private: generated code has to name it";
    }
    if (!problem.isEmpty()) {
      String name = element.getSimpleName() + ", a case of " + parent.getSimpleName() + ", ";
      compilation.report().error(element, name + problem);
      return Optional.empty();
    }
    boolean free = true;
    for (RecordComponentElement component : element.getRecordComponents()) {
      if (component.getSimpleName().contentEquals("type")) {
        String message = "a case of " + parent.getSimpleName() + " cannot have a component type:";
        compilation.report().error(component, message + " the case's own name stands there");
        free = false;
      }
    }
    Optional<ValueType> value = read(element, element);
    return free ? value : Optional.empty();
  }
}
