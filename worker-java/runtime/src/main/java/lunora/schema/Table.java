package lunora.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A table of documents, stored as whole JSON rows with a real column for each indexed field.
 *
 * @param <D> the document
 */
public final class Table<D> {

  private final String name;
  private final ObjectCodec<D> codec;
  private final List<Index<D>> indexes;
  private final @Nullable Field<D, ?> shardKey;
  private final boolean rls;
  private final List<Field<D, ?>> indexedFields;
  private final boolean global;

  private Table(Builder<D> builder, ObjectCodec<D> codec) {
    this.name = Names.checkTable(builder.name);
    this.codec = codec;
    this.indexes = List.copyOf(builder.indexes);
    this.shardKey = builder.shardKey;
    this.global = builder.global;
    if (global && shardKey != null) {
      throw new IllegalArgumentException(name + " is global and so in no shard: remove shardBy");
    }
    this.rls = builder.rls;
    Set<Field<D, ?>> indexed = new LinkedHashSet<>();
    Map<String, Index<D>> byName = new HashMap<>();
    for (Index<D> index : indexes) {
      if (byName.put(index.name().toLowerCase(Locale.ROOT), index) != null) {
        throw new IllegalArgumentException(name + " declares index " + index.name() + " twice");
      }
      indexed.addAll(index.fields());
    }
    this.indexedFields = List.copyOf(indexed);
    checkColumns();
  }

  private void checkColumns() {
    Map<String, Field<D, ?>> columns = new HashMap<>();
    for (Field<D, ?> field : indexedFields) {
      if (!codec.fields().contains(field)) {
        throw new IllegalArgumentException(name + " has no field " + field.name() + " to index");
      }
      // SQLite tells columns apart without regard to case.
      if (columns.put(field.name().toLowerCase(Locale.ROOT), field) != null) {
        throw new IllegalArgumentException(
            name + ": two indexed fields differ from " + field.name() + " only by case");
      }
    }
  }

  /** Starts a table. */
  public static <D> Builder<D> named(String name) {
    return new Builder<>(name);
  }

  public String name() {
    return name;
  }

  public ObjectCodec<D> codec() {
    return codec;
  }

  public List<Index<D>> indexes() {
    return indexes;
  }

  /** The fields that stand in some index, in order of first use. */
  public List<Field<D, ?>> indexedFields() {
    return indexedFields;
  }

  /** The field that names the shard of a row, for imports; callers choose the shard themselves. */
  public Optional<Field<D, ?>> shardKey() {
    return Optional.ofNullable(shardKey);
  }

  /** Whether it is in the database that all shards share, not in the shards. */
  public boolean isGlobal() {
    return global;
  }

  /** Whether nobody reads or writes a row unless a policy allows it. */
  public boolean rls() {
    return rls;
  }

  /**
   * Writes the stored text of a document: the fields after {@code _id} and {@code _creationTime}.
   */
  public JsonText row(Id<D> id, double creationTimeMs, D document, JsonSink sink) {
    sink.raw("{\"_id\":").string(id.value());
    sink.raw(",\"_creationTime\":").number(creationTimeMs);
    codec.writeFields(document, sink, ",");
    return sink.raw("}").finish();
  }

  /**
   * Writes a row with some of its fields only: {@code _id}, the creation time if asked for, then
   * the fields as {@link #row} writes them.
   */
  public JsonText projection(Doc<D> doc, Projection<D> projection, JsonSink sink) {
    sink.raw("{\"_id\":").string(doc.id().value());
    if (projection.creationTime()) {
      sink.raw(",\"_creationTime\":").number(doc.creationTimeMs());
    }
    for (Field<D, ?> field : projection.fields()) {
      ObjectCodec.writeField(field, doc.value(), sink, ",");
    }
    return sink.raw("}").finish();
  }

  /** The document with some fields changed. */
  public D with(D original, List<Change<D>> changes) {
    return codec.with(original, changes);
  }

  Doc<D> docOf(Value value, FieldPath path) {
    if (value instanceof Value.Obj object && object.fields().get(Doc.ID) instanceof Value.Str id) {
      JsonWriter json = new JsonWriter();
      WireCodec.write(value, json);
      return new Doc<>(this, new Id<>(id.value()), json.finish());
    }
    throw path.invalid("expected a document of " + name);
  }

  /** Collects a table's parts. */
  public static final class Builder<D> {

    private final String name;
    private final List<Field<D, ?>> fields = new ArrayList<>();
    private final List<Index<D>> indexes = new ArrayList<>();
    private @Nullable Field<D, ?> shardKey;
    private boolean global;
    private boolean rls;

    private Builder(String name) {
      this.name = name;
    }

    public Builder<D> field(Field<D, ?> field) {
      fields.add(field);
      return this;
    }

    public Builder<D> index(Index<D> index) {
      indexes.add(index);
      return this;
    }

    /** Names the field that shards this table. */
    public Builder<D> shardBy(Field<D, ?> field) {
      shardKey = field;
      return this;
    }

    /** Puts the table into the database that all shards share. */
    public Builder<D> global() {
      global = true;
      return this;
    }

    /** Lets nobody read or write a row unless a policy allows it. */
    public Builder<D> rls() {
      rls = true;
      return this;
    }

    /** The table whose documents are made with the given constructor. */
    public Table<D> construct(ObjectCodec.Constructor<D> constructor) {
      return new Table<>(this, new ObjectCodec<>(name, fields, constructor));
    }
  }
}
