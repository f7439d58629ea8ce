package lunora.processor.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A type of the closed list, with its bounds and default: it determines both the Java type and the
 * codec that generated code names.
 */
public sealed interface ValueType {

  /** Whether values can stand in an index. */
  default boolean indexable() {
    return false;
  }

  /** A type without parts. */
  enum Scalar implements ValueType {
    STRING,
    BOOLEAN,
    INT,
    LONG,
    DOUBLE,
    BIG_INTEGER,
    INSTANT,
    BYTES,
    ANY;

    @Override
    public boolean indexable() {
      return this != ANY;
    }
  }

  /** A string with a bounded length or a number with a bounded value, both ends inclusive. */
  record Bounded(Scalar type, OptionalLong min, OptionalLong max) implements ValueType {

    @Override
    public boolean indexable() {
      return true;
    }
  }

  /** An enum, by the names of its constants. */
  record EnumOf(ClassName name) implements ValueType {

    @Override
    public boolean indexable() {
      return true;
    }
  }

  /** An {@code Id} of a document. */
  record IdOf(ClassName document) implements ValueType {

    @Override
    public boolean indexable() {
      return true;
    }
  }

  /** A record or sealed interface, whose codec stands in a generated class. */
  record ObjectOf(ClassName name, Holder holder) implements ValueType {}

  /** Where the codec of a record stands. */
  enum Holder {
    /** In {@code XTable}: the record is a document. */
    TABLE("Table"),
    /** In {@code XCodec}. */
    CODEC("Codec");

    private final String suffix;

    Holder(String suffix) {
      this.suffix = suffix;
    }

    public String suffix() {
      return suffix;
    }
  }

  /** A list. */
  record ListOf(ValueType element) implements ValueType {}

  /** A map with string keys. */
  record MapOf(ValueType value) implements ValueType {}

  /** An {@code Optional}. */
  record OptionalOf(ValueType present) implements ValueType {

    @Override
    public boolean indexable() {
      return present.indexable();
    }
  }

  /** Something that may be null. */
  record NullableOf(ValueType present) implements ValueType {

    @Override
    public boolean indexable() {
      return present.indexable();
    }
  }

  /** Something that reads as a default when it is absent. */
  record DefaultedOf(ValueType present, Literal absent) implements ValueType {

    @Override
    public boolean indexable() {
      return present.indexable();
    }
  }

  /**
   * A value known at compile time.
   *
   * @param value as Java boxes it; the constant's name for an enum
   */
  record Literal(Object value, Optional<ClassName> enumName) {}

  /** A stored document with its identity; results only. */
  record DocOf(ClassName document) implements ValueType {}

  /** A page; results only. */
  record PageOf(ValueType item) implements ValueType {}

  /** {@code void}; results only. */
  record Nothing() implements ValueType {}
}
