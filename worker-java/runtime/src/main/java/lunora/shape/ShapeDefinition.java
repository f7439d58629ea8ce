package lunora.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.host.local.JsonTexts;
import lunora.query.NormalForm;
import lunora.query.PredicateText;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Projection;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.store.RowImage;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a shape comes down to for one set of arguments and one caller. Subscriptions with the same
 * {@link #text} share one: whatever names and callers led to it, their rows are the same.
 *
 * @param where without negations
 * @param projection null for whole rows
 * @param text all of it, as it is stored: {@code {"t":table,"if":condition,"cols":[...],"ct":true}}
 * @param <D> the document
 */
public record ShapeDefinition<D>(
    Table<D> table, Predicate<D> where, @Nullable Projection<D> projection, String text) {

  static <D> ShapeDefinition<D> of(
      Table<D> table, Predicate<D> condition, @Nullable Projection<D> projection) {
    Predicate<D> where = NormalForm.positive(condition);
    return new ShapeDefinition<>(table, where, projection, write(table, where, projection));
  }

  /** Whether the row belongs to the shape. */
  public boolean contains(RowImage<D> row) {
    return where.test(row.doc().value());
  }

  /** What clients get of a row that was just written. */
  public JsonText value(Doc<D> doc, JsonTexts texts) {
    Projection<D> parts = projection;
    return parts == null ? doc.json() : table.projection(doc, parts, texts.sink());
  }

  private static <D> String write(
      Table<D> table, Predicate<D> where, @Nullable Projection<D> projection) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("t", new Value.Str(table.name()));
    fields.put("if", PredicateText.toValue(where));
    if (projection != null) {
      List<Value> columns = new ArrayList<>();
      for (Field<D, ?> field : projection.fields()) {
        columns.add(new Value.Str(field.name()));
      }
      fields.put("cols", new Value.Arr(columns));
      if (projection.creationTime()) {
        fields.put("ct", Value.Bool.TRUE);
      }
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(new Value.Obj(fields), json);
    return json.finish().toString();
  }

  /** Reads a stored definition back; null if it names what the app no longer has. */
  public static @Nullable ShapeDefinition<?> read(Schema schema, String text) {
    Map<String, Value> fields = ((Value.Obj) WireCodec.decode(Json.read(text))).fields();
    for (Table<?> table : schema.tables()) {
      if (fields.get("t") instanceof Value.Str name && name.value().equals(table.name())) {
        return read(table, fields, text);
      }
    }
    return null;
  }

  private static <D> @Nullable ShapeDefinition<D> read(
      Table<D> table, Map<String, Value> stored, String text) {
    Value condition = stored.get("if");
    Predicate<D> where = condition == null ? null : PredicateText.ofValue(table, condition);
    if (where == null) {
      return null;
    }
    Projection<D> projection = null;
    if (stored.get("cols") instanceof Value.Arr columns) {
      List<Field<D, ?>> fields = new ArrayList<>();
      for (Value column : columns.items()) {
        Field<D, ?> field = field(table, column);
        if (field == null) {
          return null;
        }
        fields.add(field);
      }
      projection = new Projection<>(fields, stored.containsKey("ct"));
    }
    return new ShapeDefinition<>(table, where, projection, text);
  }

  private static <D> @Nullable Field<D, ?> field(Table<D> table, Value name) {
    for (Field<D, ?> field : table.codec().fields()) {
      if (new Value.Str(field.name()).equals(name)) {
        return field;
      }
    }
    return null;
  }
}
