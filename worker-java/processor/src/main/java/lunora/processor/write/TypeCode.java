package lunora.processor.write;

import lunora.processor.model.ClassName;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.Bounded;
import lunora.processor.model.ValueType.DefaultedOf;
import lunora.processor.model.ValueType.DocOf;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.IdOf;
import lunora.processor.model.ValueType.ListOf;
import lunora.processor.model.ValueType.MapOf;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.ObjectOf;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.PageOf;
import lunora.processor.model.ValueType.Scalar;

/** Types as Java source: in a declaration and as a type argument. */
final class TypeCode {

  private final Imports imports;

  TypeCode(Imports imports) {
    this.imports = imports;
  }

  /** The type of a parameter: {@code int}, {@code Optional<String>}. */
  String declared(ValueType type) {
    if (type instanceof Bounded bounded) {
      return declared(bounded.type());
    }
    if (type instanceof DefaultedOf defaulted) {
      return declared(defaulted.present());
    }
    if (!(type instanceof Scalar scalar)) {
      return boxed(type);
    }
    return switch (scalar) {
      case BOOLEAN -> "boolean";
      case INT -> "int";
      case LONG -> "long";
      case DOUBLE -> "double";
      default -> boxed(type);
    };
  }

  /** The type as a type argument: {@code Integer}, {@code @Nullable String}. */
  String boxed(ValueType type) {
    if (type instanceof Scalar scalar) {
      return scalar == Scalar.BYTES ? "byte[]" : imports.use(className(scalar));
    }
    if (type instanceof Bounded bounded) {
      return boxed(bounded.type());
    }
    if (type instanceof DefaultedOf defaulted) {
      return boxed(defaulted.present());
    }
    if (type instanceof NullableOf nullable) {
      return nullable(nullable.present());
    }
    if (type instanceof EnumOf named) {
      return imports.use(named.name());
    }
    if (type instanceof ObjectOf object) {
      return imports.use(object.name());
    }
    return generic(type);
  }

  private String generic(ValueType type) {
    if (type instanceof IdOf id) {
      return imports.use(LunoraNames.ID) + "<" + imports.use(id.document()) + ">";
    }
    if (type instanceof DocOf doc) {
      return imports.use(LunoraNames.DOC) + "<" + imports.use(doc.document()) + ">";
    }
    if (type instanceof OptionalOf optional) {
      return of(LunoraNames.OPTIONAL, optional.present());
    }
    if (type instanceof ListOf list) {
      return of(LunoraNames.LIST, list.element());
    }
    if (type instanceof PageOf page) {
      return of(LunoraNames.PAGE, page.item());
    }
    if (type instanceof MapOf map) {
      String key = imports.use(LunoraNames.lang("String"));
      return imports.use(LunoraNames.MAP) + "<" + key + ", " + boxed(map.value()) + ">";
    }
    return annotated(imports.use(LunoraNames.lang("Void")));
  }

  private String of(ClassName generic, ValueType argument) {
    return imports.use(generic) + "<" + boxed(argument) + ">";
  }

  private String nullable(ValueType present) {
    if (present == Scalar.BYTES) {
      return "byte @" + imports.use(LunoraNames.NULLABLE) + " []";
    }
    return annotated(boxed(present));
  }

  /** A type annotation stands before the last name: {@code app.Outer.@Nullable Inner}. */
  private String annotated(String type) {
    int arguments = type.indexOf('<');
    int dot = type.lastIndexOf('.', arguments < 0 ? type.length() : arguments);
    String annotation = "@" + imports.use(LunoraNames.NULLABLE) + " ";
    return type.substring(0, dot + 1) + annotation + type.substring(dot + 1);
  }

  private static ClassName className(Scalar scalar) {
    return switch (scalar) {
      case STRING -> LunoraNames.lang("String");
      case BOOLEAN -> LunoraNames.lang("Boolean");
      case INT -> LunoraNames.lang("Integer");
      case LONG -> LunoraNames.lang("Long");
      case DOUBLE -> LunoraNames.lang("Double");
      case BIG_INTEGER -> LunoraNames.BIG_INTEGER;
      case INSTANT -> LunoraNames.INSTANT;
      case ANY -> LunoraNames.VALUE;
      case BYTES -> throw new IllegalArgumentException("byte[] has no class name");
    };
  }
}
