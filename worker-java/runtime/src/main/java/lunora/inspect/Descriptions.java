package lunora.inspect;

import lunora.schema.Field;
import lunora.schema.JsonSchema;
import lunora.schema.Table;
import lunora.wire.JsonSink;

/** What the columns of a table are, as operators see it. */
final class Descriptions {

  private Descriptions() {}

  /** Writes the columns, those that the system adds first. */
  static void columns(Table<?> table, JsonSink sink) {
    sink.raw("[{\"name\":\"_id\",\"type\":\"id\",\"optional\":false,\"indexed\":true,");
    sink.raw("\"schema\":{\"type\":\"string\"}},{\"name\":\"_creationTime\",\"type\":\"number\",");
    sink.raw("\"optional\":false,\"indexed\":true,\"schema\":{\"type\":\"number\"}}");
    for (Field<?, ?> field : table.codec().fields()) {
      sink.raw(",{\"name\":").string(field.name());
      sink.raw(",\"type\":").string(field.codec().describe());
      boolean optional = JsonSchema.isOptional(field.codec());
      sink.raw(",\"optional\":").raw(String.valueOf(optional));
      boolean indexed = table.indexedFields().contains(field);
      sink.raw(",\"indexed\":").raw(String.valueOf(indexed)).raw(",\"schema\":");
      JsonSchema.write(field.codec(), sink);
      sink.raw("}");
    }
    sink.raw("]");
  }
}
