package lunora.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stored rows lose on the way from one snapshot to another. */
class SchemaDriftTest {

  enum Color {
    RED,
    GREEN
  }

  record Row(String name) {}

  private static Value.Obj table(String type) {
    return read("{\"tables\":{\"t\":{\"fields\":{\"f\":" + type + "},\"indexes\":{}}}}");
  }

  private static Value.Obj read(String json) {
    return SchemaSnapshot.read(json);
  }

  private static String losses(Value.Obj before, Value.Obj after) {
    return SchemaDrift.losses(before, after).stream()
        .map(loss -> loss.accept().isEmpty() ? "!" : loss.accept())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"string\" | \"string\"",
        "\"string\" | {\"optional\":\"string\"}",
        "\"string\" | {\"nullable\":\"string\"}",
        "\"string\" | {\"defaulted\":\"string\"}",
        "{\"optional\":\"string\"} | {\"defaulted\":\"string\"}",
        "{\"defaulted\":\"string\"} | {\"optional\":{\"nullable\":\"string\"}}",
        "\"string\" | \"any value\"",
        "\"id\" | \"string\"",
        "\"integer\" | \"number\"",
        "{\"integer\":[1,5]} | {\"integer\":[0,9]}",
        "{\"integer\":[1,5]} | \"number\"",
        "{\"string\":[1,null]} | \"string\"",
        "{\"enum\":[\"A\"]} | {\"enum\":[\"B\",\"A\"]}",
        "{\"enum\":[\"A\"]} | \"string\"",
        "{\"list\":\"integer\"} | {\"list\":\"number\"}",
        "{\"map\":\"integer\"} | {\"map\":{\"nullable\":\"integer\"}}",
        "{\"object\":{\"a\":\"id\"}} | {\"object\":{\"a\":\"id\",\"b\":{\"optional\":\"id\"}}}",
        "{\"cases\":{\"X\":{}}} | {\"cases\":{\"X\":{\"n\":{\"optional\":\"id\"}},\"Y\":{}}}",
      })
  void whatIsOnlyWiderLosesNothing(String before, String after) {
    assertEquals("", losses(table(before), table(after)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"string\" | \"integer\"",
        "\"number\" | \"integer\"",
        "\"integer\" | \"long\"",
        "{\"optional\":\"string\"} | \"string\"",
        "{\"defaulted\":\"string\"} | \"string\"",
        "{\"nullable\":\"string\"} | {\"optional\":\"string\"}",
        "\"string\" | {\"string\":[1,null]}",
        "{\"integer\":[0,9]} | {\"integer\":[0,8]}",
        "{\"enum\":[\"A\",\"B\"]} | {\"enum\":[\"A\"]}",
        "\"string\" | {\"enum\":[\"A\"]}",
        "{\"list\":\"string\"} | {\"list\":\"integer\"}",
        "{\"list\":\"string\"} | {\"map\":\"string\"}",
        "{\"list\":{\"object\":{\"a\":\"id\"}}} | {\"list\":{\"object\":{}}}",
        "{\"object\":{\"a\":\"id\"}} | {\"object\":{\"a\":\"id\",\"b\":\"id\"}}",
        "{\"optional\":{\"object\":{}}} | {\"object\":{}}",
        "{\"cases\":{\"X\":{},\"Y\":{}}} | {\"cases\":{\"X\":{}}}",
      })
  void whatCannotBeReadAnyMoreCannotBeAccepted(String before, String after) {
    assertEquals("!", losses(table(before), table(after)));
  }

  @Test
  void whatIsGoneCanBeAccepted() {
    Value.Obj nothing = read("{\"tables\":{}}");
    assertEquals("drop t", losses(table("\"string\""), nothing));
    assertEquals("", losses(nothing, table("\"string\"")));
    Value.Obj empty = read("{\"tables\":{\"t\":{\"fields\":{},\"indexes\":{}}}}");
    assertEquals("drop t.f", losses(table("\"string\""), empty));
    assertEquals("!", losses(empty, table("\"string\"")), "rows lack what is new and required");
    assertEquals("", losses(empty, table("{\"optional\":\"string\"}")));
    assertEquals(
        "drop t.f.a",
        losses(table("{\"object\":{\"a\":\"id\"}}"), table("{\"object\":{}}")),
        "within a record too");
  }

  @Test
  void anIndexThatBecomesUniqueMayClash() {
    String fields = "{\"tables\":{\"t\":{\"fields\":{\"f\":\"string\"},\"indexes\":";
    Value.Obj none = read(fields + "{}}}}");
    Value.Obj plain = read(fields + "{\"i\":{\"fields\":[\"f\"]}}}}}");
    Value.Obj unique = read(fields + "{\"i\":{\"fields\":[\"f\"],\"unique\":true}}}}}");
    assertEquals("unique t.i", losses(plain, unique));
    assertEquals("unique t.i", losses(none, unique));
    assertEquals("", losses(unique, unique));
    assertEquals("", losses(unique, plain));
    Value.Obj without = read("{\"tables\":{\"t\":{\"fields\":{},\"indexes\":{}}}}");
    Value.Obj both =
        read(
            "{\"tables\":{\"t\":{\"fields\":{\"f\":{\"optional\":\"string\"}},\"indexes\":"
                + "{\"i\":{\"fields\":[\"f\"],\"unique\":true}}}}}");
    assertEquals("", losses(without, both), "rows lack a value of the new field and are exempt");
  }

  @Test
  void aSnapshotSaysWhatTheTypesAre() {
    Field<Row, String> name = Field.of("name", Codecs.STRING.length(1, 80), Row::name);
    Field<Row, List<Color>> colors =
        Field.of("colors", Codecs.list(Codecs.enumOf(List.of(Color.values()))), row -> List.of());
    Field<Row, Integer> age =
        Field.of("age", Codecs.defaulted(Codecs.INT.range(0, 150), 0), row -> 0);
    Table<Row> table =
        Table.<Row>named("rows")
            .field(name)
            .field(colors)
            .field(age)
            .index(Index.unique("by_name", name))
            .construct(row -> new Row(row.get(name)));
    assertEquals(
        "{\"version\":1,\"tables\":{\"rows\":{\"fields\":{\"name\":{\"string\":[1,80]},"
            + "\"colors\":{\"list\":{\"enum\":[\"RED\",\"GREEN\"]}},"
            + "\"age\":{\"defaulted\":{\"integer\":[0,150]}}},"
            + "\"indexes\":{\"by_name\":{\"fields\":[\"name\"],\"unique\":true}}}}}",
        new Schema(List.of(table)).snapshot());
    Value.Obj snapshot = (Value.Obj) Json.read(new Schema(List.of(table)).snapshot());
    assertEquals("", losses(snapshot, snapshot));
  }

  @Test
  void aTextThatIsNoSnapshotIsRefusedOrHasNoTables() {
    assertThrows(IllegalArgumentException.class, () -> read("nonsense"));
    assertEquals("", losses(read("[]"), table("\"string\"")));
    assertTrue(SchemaDrift.losses(read("{\"tables\":1}"), table("\"id\"")).isEmpty());
  }
}
