package lunora.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A record as a plain object on the wire. Undeclared keys are stripped, declared ones are read in
 * order of declaration.
 *
 * @param <D> the record
 */
public final class ObjectCodec<D> extends Codec<D> {

  /** Makes the record from its fields' values. */
  @FunctionalInterface
  public interface Constructor<D> {

    D construct(FieldValues<D> values);
  }

  private final String typeName;
  private final List<Field<D, ?>> fields;
  private final Map<Field<?, ?>, Integer> ordinals = new HashMap<>();
  private final Constructor<D> constructor;

  ObjectCodec(String typeName, List<Field<D, ?>> fields, Constructor<D> constructor) {
    this.typeName = typeName;
    this.fields = List.copyOf(fields);
    this.constructor = constructor;
    Map<String, Field<D, ?>> byName = new HashMap<>();
    for (Field<D, ?> field : fields) {
      if (byName.put(field.name(), field) != null) {
        throw new IllegalArgumentException(typeName + " declares field " + field.name() + " twice");
      }
      ordinals.put(field, ordinals.size());
    }
  }

  /** The declared fields, in order. */
  public List<Field<D, ?>> fields() {
    return fields;
  }

  @Override
  public D read(Value value, FieldPath path) {
    if (!(value instanceof Value.Obj object)) {
      throw Codecs.mismatch(path, this, value);
    }
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Field<D, ?> field = fields.get(i);
      values[i] = field.read(object.fields().get(field.name()), path);
    }
    return constructor.construct(new FieldValues<>(ordinals, values));
  }

  @Override
  public void write(D value, JsonSink sink) {
    sink.raw("{");
    writeFields(value, sink, "");
    sink.raw("}");
  }

  /** Writes the fields without the braces; {@code separator} stands before the first one. */
  void writeFields(D value, JsonSink sink, String separator) {
    String before = separator;
    for (Field<D, ?> field : fields) {
      if (writeField(field, value, sink, before)) {
        before = ",";
      }
    }
  }

  /** Writes one field behind {@code before}, or nothing when its value is left out. */
  static <D, V extends @Nullable Object> boolean writeField(
      Field<D, V> field, D document, JsonSink sink, String before) {
    V value = field.get(document);
    if (field.codec().leftOut(value)) {
      return false;
    }
    sink.raw(before).raw(field.jsonKey());
    field.codec().write(value, sink);
    return true;
  }

  /** The record with some fields changed; the original is left as it is. */
  D with(D original, List<Change<D>> changes) {
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(i).get(original);
    }
    for (Change<D> change : changes) {
      Integer ordinal = ordinals.get(change.field());
      if (ordinal == null) {
        throw new IllegalArgumentException(
            typeName + " has no field " + change.field().name() + " of this table");
      }
      values[ordinal] = change.value();
    }
    return constructor.construct(new FieldValues<>(ordinals, values));
  }

  @Override
  Value shape() {
    return Shape.of("object", Shape.fields(fields));
  }

  @Override
  public String describe() {
    return typeName + " object";
  }

  /** Collects the fields of a record; see {@link Codecs#object}. */
  public static final class Builder<D> {

    private final String typeName;
    private final List<Field<D, ?>> fields = new ArrayList<>();

    Builder(String typeName) {
      this.typeName = typeName;
    }

    public Builder<D> field(Field<D, ?> field) {
      fields.add(field);
      return this;
    }

    /** The codec that makes records with the given constructor. */
    public ObjectCodec<D> construct(Constructor<D> constructor) {
      return new ObjectCodec<>(typeName, fields, constructor);
    }
  }
}
