package lunora.schema;

import java.time.Instant;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A stored document with its identity. Its text is exactly the wire row and is read into {@code D}
 * only when somebody asks for {@link #value}; a document that is only passed on is never parsed.
 *
 * @param <D> the document
 */
public final class Doc<D> {

  static final String ID = "_id";
  static final String CREATION_TIME = "_creationTime";

  private final Table<D> table;
  private final Id<D> id;
  private final JsonText json;
  private Value.@Nullable Obj fields;
  private @Nullable D value;
  private double creationTimeMs;

  /** A document as it stands in the database. */
  public Doc(Table<D> table, Id<D> id, JsonText json) {
    this(table, id, json, Double.NaN);
  }

  /** A document that was just written: all of it is known. */
  public static <D> Doc<D> written(
      Table<D> table, Id<D> id, JsonText json, double creationTimeMs, D value) {
    Doc<D> doc = new Doc<>(table, id, json, creationTimeMs);
    doc.value = value;
    return doc;
  }

  /** A document whose creation time is known; NaN leaves it to be read from the text. */
  Doc(Table<D> table, Id<D> id, JsonText json, double creationTimeMs) {
    this.table = table;
    this.id = id;
    this.json = json;
    this.creationTimeMs = creationTimeMs;
  }

  public Id<D> id() {
    return id;
  }

  /** When the document was inserted, by the shard's clock. */
  public Instant createdAt() {
    return Instant.ofEpochMilli((long) creationTimeMs());
  }

  /** {@link #createdAt} as the number the wire carries. */
  public double creationTimeMs() {
    if (Double.isNaN(creationTimeMs)
        && fields().fields().get(CREATION_TIME) instanceof Value.Num number) {
      creationTimeMs = number.value();
    }
    return creationTimeMs;
  }

  /** The document itself, read on first use. */
  public D value() {
    D read = value;
    if (read == null) {
      read = table.codec().read(fields(), FieldPath.root(table.name() + "/" + id));
      value = read;
    }
    return read;
  }

  /** The wire row: the fields with {@code _id} and {@code _creationTime}. */
  public JsonText json() {
    return json;
  }

  private Value.Obj fields() {
    Value.Obj read = fields;
    if (read == null) {
      read = (Value.Obj) WireCodec.decode(Json.read(json.toString()));
      fields = read;
    }
    return read;
  }
}
