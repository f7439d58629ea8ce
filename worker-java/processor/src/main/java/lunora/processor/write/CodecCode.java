package lunora.processor.write;

import java.util.List;
import java.util.OptionalLong;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.Bounded;
import lunora.processor.model.ValueType.DefaultedOf;
import lunora.processor.model.ValueType.DocOf;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.model.ValueType.IdOf;
import lunora.processor.model.ValueType.ListOf;
import lunora.processor.model.ValueType.MapOf;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.ObjectOf;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.PageOf;
import lunora.processor.model.ValueType.Scalar;

/** The expression of a type's codec. */
final class CodecCode {

  private final Imports imports;

  CodecCode(Imports imports) {
    this.imports = imports;
  }

  Layout of(ValueType type) {
    if (type instanceof Scalar scalar) {
      return Layout.text(codecs() + "." + scalar.name());
    }
    if (type instanceof Bounded bounded) {
      return Layout.text(bounded(bounded));
    }
    if (type instanceof DefaultedOf defaulted) {
      Layout absent = Layout.text(Literals.code(defaulted.absent(), imports));
      return Layout.call(codecs() + ".defaulted", List.of(of(defaulted.present()), absent));
    }
    if (type instanceof NullableOf nullable) {
      return wrap("nullable", nullable.present());
    }
    if (type instanceof OptionalOf optional) {
      return wrap("optional", optional.present());
    }
    if (type instanceof ListOf list) {
      return wrap("list", list.element());
    }
    if (type instanceof MapOf map) {
      return wrap("map", map.value());
    }
    if (type instanceof PageOf page) {
      return wrap("page", page.item());
    }
    return named(type);
  }

  private Layout named(ValueType type) {
    if (type instanceof EnumOf constants) {
      String values = imports.use(constants.name()) + ".values()";
      Layout list =
          Layout.call(imports.use(LunoraNames.LIST) + ".of", List.of(Layout.text(values)));
      return Layout.call(codecs() + ".enumOf", List.of(list));
    }
    if (type instanceof IdOf id) {
      return Layout.text(codecs() + ".<" + imports.use(id.document()) + ">id()");
    }
    if (type instanceof DocOf doc) {
      String table = imports.use(doc.document().generated(Holder.TABLE.suffix())) + ".TABLE";
      return Layout.call(codecs() + ".doc", List.of(Layout.text(table)));
    }
    if (type instanceof ObjectOf object) {
      return Layout.text(holder(object));
    }
    return Layout.text(codecs() + ".NOTHING");
  }

  /** The constant that holds the codec of a record or sealed interface. */
  String holder(ObjectOf object) {
    String generated = imports.use(object.name().generated(object.holder().suffix()));
    return generated + (object.holder() == Holder.TABLE ? ".TABLE.codec()" : ".CODEC");
  }

  private Layout wrap(String factory, ValueType inner) {
    return Layout.call(codecs() + "." + factory, List.of(of(inner)));
  }

  private String codecs() {
    return imports.use(LunoraNames.CODECS);
  }

  private String bounded(Bounded type) {
    String codec = codecs() + "." + type.type().name();
    return switch (type.type()) {
      case STRING -> codec + ".length(" + lengthMin(type) + ", " + intMax(type) + ")";
      case INT -> codec + ".range(" + intMin(type) + ", " + intMax(type) + ")";
      case LONG -> codec + ".range(" + longMin(type) + ", " + longMax(type) + ")";
      default -> codec + ".range(" + doubleMin(type) + ", " + doubleMax(type) + ")";
    };
  }

  private static long lengthMin(Bounded type) {
    return type.min().orElse(0);
  }

  private String intMin(Bounded type) {
    return bound(type.min(), "", "Integer", "MIN_VALUE");
  }

  private String intMax(Bounded type) {
    return bound(type.max(), "", "Integer", "MAX_VALUE");
  }

  private String longMin(Bounded type) {
    return bound(type.min(), "L", "Long", "MIN_VALUE");
  }

  private String longMax(Bounded type) {
    return bound(type.max(), "L", "Long", "MAX_VALUE");
  }

  private String doubleMin(Bounded type) {
    return bound(type.min(), ".0", "Double", "NEGATIVE_INFINITY");
  }

  private String doubleMax(Bounded type) {
    return bound(type.max(), ".0", "Double", "POSITIVE_INFINITY");
  }

  private String bound(OptionalLong bound, String suffix, String type, String none) {
    return bound.isPresent()
        ? bound.getAsLong() + suffix
        : imports.use(LunoraNames.lang(type)) + "." + none;
  }
}
