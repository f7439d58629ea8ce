package lunora.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.JsonSink;
import lunora.wire.Value;

/** A sealed type: the object of whichever case it is, with the case's name under {@code type}. */
public final class SealedCodec<T> extends Codec<T> {

  private static final String TYPE = "type";

  /** Tells whether a value is of a case, and gives it as that case. */
  record Case<T, C extends T>(String name, Class<C> type, ObjectCodec<C> codec) {

    void write(T value, JsonSink sink) {
      sink.raw("{\"type\":").string(name);
      codec.writeFields(type.cast(value), sink, ",");
      sink.raw("}");
    }
  }

  private final String typeName;
  final List<Case<T, ?>> cases;

  private SealedCodec(String typeName, List<Case<T, ?>> cases) {
    this.typeName = typeName;
    this.cases = cases;
  }

  @Override
  public T read(Value value, FieldPath path) {
    if (!(value instanceof Value.Obj object)) {
      throw Codecs.mismatch(path, this, value);
    }
    if (object.fields().get(TYPE) instanceof Value.Str name) {
      for (Case<T, ?> each : cases) {
        if (each.name().equals(name.value())) {
          return each.codec().read(value, path);
        }
      }
    }
    throw path.field(TYPE).invalid("expected " + describe());
  }

  @Override
  public void write(T value, JsonSink sink) {
    for (Case<T, ?> each : cases) {
      if (each.type().isInstance(value)) {
        each.write(value, sink);
        return;
      }
    }
    throw new IllegalArgumentException(typeName + " does not list " + value.getClass().getName());
  }

  @Override
  Value shape() {
    Map<String, Value> shapes = new LinkedHashMap<>();
    for (Case<T, ?> each : cases) {
      shapes.put(each.name(), Shape.fields(each.codec().fields()));
    }
    return Shape.of("cases", new Value.Obj(shapes));
  }

  @Override
  public String describe() {
    List<String> names = new ArrayList<>();
    for (Case<T, ?> each : cases) {
      names.add(each.name());
    }
    return "one of " + String.join(", ", names);
  }

  /** Collects the cases of a sealed type; see {@link Codecs#sealed}. */
  public static final class Builder<T> {

    private final String typeName;
    private final List<Case<T, ?>> cases = new ArrayList<>();

    Builder(String typeName) {
      this.typeName = typeName;
    }

    /** Adds a case under its name on the wire. The record must not have a field {@code type}. */
    public <C extends T> Builder<T> variant(String name, Class<C> type, ObjectCodec<C> codec) {
      for (Field<C, ?> field : codec.fields()) {
        if (field.name().equals(TYPE)) {
          throw new IllegalArgumentException(name + ": a case's field must not be named type");
        }
      }
      cases.add(new Case<>(name, type, codec));
      return this;
    }

    public SealedCodec<T> build() {
      return new SealedCodec<>(typeName, List.copyOf(cases));
    }
  }
}
