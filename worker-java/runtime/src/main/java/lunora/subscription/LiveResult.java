package lunora.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.host.local.JsonTexts;
import lunora.schema.Codec;
import lunora.schema.Doc;
import lunora.schema.Page;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run of a live query: its text, and its rows when it is a list or a page of
 * documents.
 *
 * @param text the whole result on the wire
 * @param rows null when the result is not made of documents
 */
record LiveResult(JsonText text, @Nullable Rows rows) {

  /** The documents of a result. */
  static final class Rows {

    private final List<Row> rows;
    private final String frame;
    private @Nullable Map<String, Row> byId;

    /**
     * Documents.
     *
     * @param rows in order
     * @param frame what surrounds them, as text: equal frames mean that only rows can differ
     */
    Rows(List<Row> rows, String frame) {
      this.rows = rows;
      this.frame = frame;
    }

    List<Row> rows() {
      return rows;
    }

    String frame() {
      return frame;
    }

    /**
     * The documents by their ids, fewer than {@link #rows} where an id comes twice. Made once: the
     * result after this one is compared with it too.
     */
    Map<String, Row> byId() {
      Map<String, Row> known = byId;
      if (known == null) {
        known = new HashMap<>();
        for (Row row : rows) {
          known.put(row.id(), row);
        }
        byId = known;
      }
      return known;
    }

    boolean hasUniqueIds() {
      return byId().size() == rows.size();
    }
  }

  /** One document of a result. */
  record Row(String id, double creationTimeMs, JsonText text) {}

  private static final String LIST_FRAME = "[]";

  static <R extends @Nullable Object> LiveResult of(R value, Codec<R> codec, JsonTexts texts) {
    JsonSink sink = texts.sink();
    codec.write(value, sink);
    return new LiveResult(sink.finish(), rowsOf(value));
  }

  private static @Nullable Rows rowsOf(@Nullable Object value) {
    if (value instanceof Page<?> page) {
      List<Row> rows = rows(page.page());
      return rows == null
          ? null
          : new Rows(rows, "page " + page.isDone() + " " + page.continueCursor());
    }
    if (value instanceof List<?> list) {
      List<Row> rows = rows(list);
      return rows == null ? null : new Rows(rows, LIST_FRAME);
    }
    return null;
  }

  private static @Nullable List<Row> rows(List<?> items) {
    List<Row> rows = new ArrayList<>(items.size());
    for (Object item : items) {
      if (!(item instanceof Doc<?> doc)) {
        return null;
      }
      rows.add(new Row(doc.id().value(), doc.creationTimeMs(), doc.json()));
    }
    return rows;
  }
}
