package lunora.processor.check;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.ClassName;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.Bounded;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.Literal;
import lunora.processor.model.ValueType.Scalar;

/** Reads the text of a {@code @Default} as a value of its type. */
final class DefaultReader {

  private final Compilation compilation;

  DefaultReader(Compilation compilation) {
    this.compilation = compilation;
  }

  Optional<Literal> read(Mark mark, ValueType type) {
    Optional<String> text = mark.text("value");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (type instanceof EnumOf named) {
      return constant(mark, named.name(), text.get());
    }
    ValueType plain = type instanceof Bounded bounded ? bounded.type() : type;
    if (!(plain instanceof Scalar scalar) || scalar == Scalar.ANY || scalar == Scalar.BYTES) {
      return refuse(
          mark,
          "@Default is for String, boolean, int, long, double, BigInteger, Instant and enums;"
              + " here use Optional");
    }
    Optional<Object> value = parse(scalar, text.get());
    if (value.isEmpty()) {
      return refuse(mark, "@Default: \"" + text.get() + "\" is no " + wanted(scalar));
    }
    if (type instanceof Bounded bounded && !isWithin(bounded, value.get())) {
      return refuse(mark, "@Default: \"" + text.get() + "\" is not within the bounds");
    }
    return Optional.of(new Literal(value.get(), Optional.empty()));
  }

  private Optional<Literal> constant(Mark mark, ClassName name, String text) {
    TypeElement type = compilation.elements().getTypeElement(name.qualified());
    List<String> constants = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        constants.add(member.getSimpleName().toString());
      }
    }
    if (constants.contains(text)) {
      return Optional.of(new Literal(text, Optional.of(name)));
    }
    return refuse(
        mark,
        "@Default: "
            + name.simpleName()
            + " has no constant "
            + text
            + NameRules.suggestion(text, constants));
  }

  private static String wanted(Scalar scalar) {
    return switch (scalar) {
      case INT -> "int";
      case LONG -> "long";
      case DOUBLE -> "finite double";
      case BOOLEAN -> "boolean: use true or false";
      case BIG_INTEGER -> "BigInteger";
      default -> "Instant of whole milliseconds, such as 2026-01-31T12:00:00Z";
    };
  }

  private static Optional<Object> parse(Scalar scalar, String text) {
    try {
      return switch (scalar) {
        case STRING -> Optional.of(text);
        case BOOLEAN -> bool(text);
        case INT -> Optional.of(Integer.valueOf(text));
        case LONG -> Optional.of(Long.valueOf(text));
        case DOUBLE -> Optional.<Object>of(Double.valueOf(text)).filter(DefaultReader::isFinite);
        case BIG_INTEGER -> Optional.of(new BigInteger(text));
        case INSTANT -> Optional.<Object>of(Instant.parse(text)).filter(DefaultReader::isWhole);
        default -> Optional.empty();
      };
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> bool(String text) {
    boolean isTrue = text.equals("true");
    return isTrue || text.equals("false") ? Optional.of(isTrue) : Optional.empty();
  }

  private static boolean isFinite(Object value) {
    return Double.isFinite((Double) value);
  }

  private static boolean isWhole(Object value) {
    Instant instant = (Instant) value;
    return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  private static boolean isWithin(Bounded bounds, Object value) {
    double size = value instanceof String text ? text.length() : ((Number) value).doubleValue();
    if (value instanceof Long exact) {
      return exact >= bounds.min().orElse(Long.MIN_VALUE)
          && exact <= bounds.max().orElse(Long.MAX_VALUE);
    }
    return (bounds.min().isEmpty() || size >= bounds.min().getAsLong())
        && (bounds.max().isEmpty() || size <= bounds.max().getAsLong());
  }

  private Optional<Literal> refuse(Mark mark, String message) {
    compilation.report().error(mark, mark.value("value"), message);
    return Optional.empty();
  }
}
