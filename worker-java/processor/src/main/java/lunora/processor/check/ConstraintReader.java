package lunora.processor.check;

import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.element.Element;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.Bounded;
import lunora.processor.model.ValueType.DefaultedOf;
import lunora.processor.model.ValueType.Literal;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.Scalar;

/** Reads {@code @Length}, {@code @Range} and {@code @Default} of a parameter or component. */
final class ConstraintReader {

  private final Report report;
  private final DefaultReader defaults;

  ConstraintReader(Compilation compilation) {
    this.report = compilation.report();
    this.defaults = new DefaultReader(compilation);
  }

  /** The type with its constraints, or empty after an error. */
  Optional<ValueType> apply(Element at, ValueType type) {
    Optional<Mark> length = Mark.on(at, Api.LENGTH);
    Optional<Mark> range = Mark.on(at, Api.RANGE);
    Optional<Mark> absent = Mark.on(at, Api.DEFAULT);
    Optional<ValueType> bounded = Optional.of(type);
    if (length.isPresent()) {
      bounded = length(length.get(), type);
    }
    if (range.isPresent()) {
      bounded = range(range.get(), type);
    }
    if (absent.isEmpty() || bounded.isEmpty()) {
      return bounded;
    }
    return defaulted(absent.get(), bounded.get());
  }

  private Optional<ValueType> length(Mark mark, ValueType type) {
    if (innermost(type) != Scalar.STRING) {
      report.error(mark, "@Length bounds a String; for a number use @Range");
      return Optional.empty();
    }
    OptionalLong min = mark.number("min");
    OptionalLong max = mark.number("max");
    if (min.orElse(0) < 0) {
      report.error(mark, mark.value("min"), "@Length: min is below 0");
      return Optional.empty();
    }
    if (min.orElse(0) > max.orElse(Integer.MAX_VALUE)) {
      report.error(mark, "@Length: min is above max");
      return Optional.empty();
    }
    return Optional.of(bound(type, new Bounded(Scalar.STRING, min, max)));
  }

  private Optional<ValueType> range(Mark mark, ValueType type) {
    ValueType inner = innermost(type);
    if (inner != Scalar.INT && inner != Scalar.LONG && inner != Scalar.DOUBLE) {
      report.error(mark, "@Range bounds an int, long or double; for a String use @Length");
      return Optional.empty();
    }
    OptionalLong min = mark.number("min");
    OptionalLong max = mark.number("max");
    boolean fits = true;
    if (inner == Scalar.INT) {
      fits = fitsInt(mark, "min", min);
      fits &= fitsInt(mark, "max", max);
    }
    if (min.orElse(Long.MIN_VALUE) > max.orElse(Long.MAX_VALUE)) {
      report.error(mark, "@Range: min is above max");
      fits = false;
    }
    return fits
        ? Optional.of(bound(type, new Bounded((Scalar) inner, min, max)))
        : Optional.empty();
  }

  private boolean fitsInt(Mark mark, String member, OptionalLong bound) {
    long value = bound.orElse(0);
    if (value == (int) value) {
      return true;
    }
    report.error(mark, mark.value(member), "@Range: " + member + " does not fit an int");
    return false;
  }

  private static ValueType innermost(ValueType type) {
    if (type instanceof OptionalOf optional) {
      return optional.present();
    }
    return type instanceof NullableOf nullable ? nullable.present() : type;
  }

  private static ValueType bound(ValueType type, Bounded bounded) {
    if (type instanceof OptionalOf) {
      return new OptionalOf(bounded);
    }
    return type instanceof NullableOf ? new NullableOf(bounded) : bounded;
  }

  private Optional<ValueType> defaulted(Mark mark, ValueType type) {
    if (type instanceof OptionalOf) {
      report.error(mark, "@Default with Optional: choose one; an Optional is empty when absent");
      return Optional.empty();
    }
    if (type instanceof NullableOf) {
      report.error(mark, "@Default with @Nullable: choose one; @Nullable has to be present");
      return Optional.empty();
    }
    Optional<Literal> literal = defaults.read(mark, type);
    return literal.map(value -> new DefaultedOf(type, value));
  }
}
