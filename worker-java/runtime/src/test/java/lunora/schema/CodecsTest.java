package lunora.schema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each type accepts, how it refuses, and how it looks on the wire. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a codec's value is nullable
class CodecsTest {

  enum Color {
    RED,
    GREEN
  }

  sealed interface Shape permits Circle, Box {}

  record Circle(double radius) implements Shape {}

  record Box(int width, Optional<String> label) implements Shape {}

  private static final Field<Circle, Double> RADIUS =
      Field.of("radius", Codecs.DOUBLE, Circle::radius);
  private static final Field<Box, Integer> WIDTH =
      Field.of("width", Codecs.INT.range(1, 9), Box::width);
  private static final Field<Box, Optional<String>> LABEL =
      Field.of("label", Codecs.optional(Codecs.STRING), Box::label);
  private static final ObjectCodec<Circle> CIRCLE =
      Codecs.<Circle>object("Circle").field(RADIUS).construct(row -> new Circle(row.get(RADIUS)));
  private static final ObjectCodec<Box> BOX =
      Codecs.<Box>object("Box")
          .field(WIDTH)
          .field(LABEL)
          .construct(row -> new Box(row.get(WIDTH), row.get(LABEL)));
  private static final Codec<Shape> SHAPE =
      Codecs.<Shape>sealed("Shape")
          .variant("Circle", Circle.class, CIRCLE)
          .variant("Box", Box.class, BOX)
          .build();

  @Test
  void stringsAreBoundInUtf16Units() {
    passes(Codecs.STRING, "\"\"", "");
    passes(Codecs.STRING, "\"\\ud800\"", "\uD800");
    passes(Codecs.STRING.length(2, 2), "\"😀\"", "😀");
    refuses(Codecs.STRING.length(1, 80), "\"\"", "x: length 0 is not within 1 to 80 characters");
    refuses(Codecs.STRING, "1", "x: expected string, got number");
    refuses(Codecs.STRING, "null", "x: expected string, got null");
  }

  @Test
  void booleansAreBooleans() {
    passes(Codecs.BOOLEAN, "true", true);
    passes(Codecs.BOOLEAN, "false", false);
    refuses(Codecs.BOOLEAN, "0", "x: expected boolean, got number");
  }

  @Test
  void intsAreIntegralNumbersOf32Bits() {
    passes(Codecs.INT, "-2147483648", Integer.MIN_VALUE);
    passes(Codecs.INT, "2147483647", Integer.MAX_VALUE);
    assertEquals(0, read(Codecs.INT, "-0.0"));
    refuses(Codecs.INT, "2147483648", "x: is not within -2147483648 to 2147483647");
    refuses(Codecs.INT, "1.5", "x: expected integer, got number");
    refuses(Codecs.INT, tagged("nan"), "x: expected integer, got number");
    refuses(Codecs.INT, tagged("inf"), "x: is not within -2147483648 to 2147483647");
    refuses(Codecs.INT, tagged("bigint", "1"), "x: expected integer, got bigint");
    refuses(Codecs.INT.range(1, 200), "201", "x: is not within 1 to 200");
  }

  @Test
  void longsAreBigintsAndLoseNoDigit() {
    passes(Codecs.LONG, tagged("bigint", "9223372036854775807"), Long.MAX_VALUE);
    passes(Codecs.LONG, tagged("bigint", "-9223372036854775808"), Long.MIN_VALUE);
    assertEquals(7L, read(Codecs.LONG, "7"));
    refuses(Codecs.LONG, tagged("bigint", "9223372036854775808"), "x: does not fit 64 bits");
    refuses(Codecs.LONG, "9007199254740992", "x: expected bigint or integral number, got number");
    refuses(Codecs.LONG, "0.5", "x: expected bigint or integral number, got number");
    refuses(Codecs.LONG.range(0, 5), "6", "x: is not within 0 to 5");
  }

  @Test
  void doublesTravelTaggedWhereJsonHasNoWord() {
    passes(Codecs.DOUBLE, "1e+300", 1e300);
    passes(Codecs.DOUBLE, tagged("nan"), Double.NaN);
    passes(Codecs.DOUBLE, tagged("-inf"), Double.NEGATIVE_INFINITY);
    refuses(Codecs.DOUBLE, "\"1\"", "x: expected number, got string");
    refuses(Codecs.DOUBLE.range(0, 1), tagged("nan"), "x: is not within 0.0 to 1.0");
    refuses(Codecs.DOUBLE.range(0, 1), "1.1", "x: is not within 0.0 to 1.0");
  }

  @Test
  void bigIntegersAreBigintsOnly() {
    BigInteger big = new BigInteger("123456789012345678901234567890");
    passes(Codecs.BIG_INTEGER, tagged("bigint", "123456789012345678901234567890"), big);
    refuses(Codecs.BIG_INTEGER, "1", "x: expected bigint, got number");
  }

  @Test
  void instantsAreEpochMillisecondsAndAcceptDates() {
    passes(Codecs.INSTANT, "1767225600000", Instant.parse("2026-01-01T00:00:00Z"));
    assertEquals(Instant.EPOCH, read(Codecs.INSTANT, "[\"$lunora.wire$\",\"date\",0]"));
    String range = "x: is not a whole number of epoch milliseconds within a date's range";
    refuses(Codecs.INSTANT, "0.5", range);
    refuses(Codecs.INSTANT, "8640000000000001", range);
    refuses(Codecs.INSTANT, "[\"$lunora.wire$\",\"date\",[\"$lunora.wire$\",\"nan\"]]", range);
    refuses(Codecs.INSTANT, "\"2026\"", "x: expected epoch milliseconds or date, got string");
  }

  @Test
  void bytesAreTagged() {
    assertArrayEquals(new byte[] {1, 2}, read(Codecs.BYTES, tagged("bytes", "AQI=")));
    assertEquals(tagged("bytes", "AQI="), write(Codecs.BYTES, new byte[] {1, 2}));
    refuses(Codecs.BYTES, "\"AQI=\"", "x: expected bytes, got string");
  }

  @Test
  void enumsAreTheirNames() {
    Codec<Color> codec = Codecs.enumOf(List.of(Color.values()));
    passes(codec, "\"GREEN\"", Color.GREEN);
    refuses(codec, "\"green\"", "x: expected one of RED, GREEN");
    refuses(codec, "0", "x: expected one of RED, GREEN");
  }

  @Test
  void idsAreStrings() {
    passes(Codecs.<Color>id(), "\"a\"", new Id<>("a"));
    refuses(Codecs.id(), "null", "x: expected id, got null");
  }

  @Test
  void anyValuePassesAsItIs() {
    for (String wire :
        List.of("null", "[1,{\"__proto__\":2}]", tagged("undefined"), tagged("nan"))) {
      assertEquals(wire, write(Codecs.ANY, read(Codecs.ANY, wire)));
    }
  }

  @Test
  void nothingIsNull() {
    assertNull(read(Codecs.NOTHING, "null"));
    assertEquals("null", write(Codecs.NOTHING, null));
  }

  @Test
  void anOptionalMayBeAbsentButNotNull() {
    passes(BOX, "{\"width\":3}", new Box(3, Optional.empty()));
    passes(BOX, "{\"width\":3,\"label\":\"a\"}", new Box(3, Optional.of("a")));
    assertEquals(
        Optional.empty(),
        read(BOX, "{\"width\":3,\"label\":[\"$lunora.wire$\",\"undefined\"]}").label());
    refuses(BOX, "{\"width\":3,\"label\":null}", "x.label: expected string, got null");
    assertEquals("null", write(Codecs.optional(Codecs.STRING), Optional.empty()));
  }

  @Test
  void aNullableMayBeNullButNotAbsent() {
    Codec<@Nullable Integer> codec = Codecs.nullable(Codecs.INT);
    assertNull(read(codec, "null"));
    passes(codec, "5", 5);
    assertMessage("x: is required", () -> codec.absent(FieldPath.root("x")));
  }

  @Test
  void aDefaultStandsInForWhatIsAbsent() {
    Codec<Integer> codec = Codecs.defaulted(Codecs.INT, 50);
    assertEquals(50, codec.absent(FieldPath.root("x")));
    passes(codec, "1", 1);
    refuses(codec, "null", "x: expected integer, got null");
  }

  @Test
  void listsNameTheElementThatIsWrong() {
    Codec<List<Integer>> codec = Codecs.list(Codecs.INT);
    passes(codec, "[]", List.of());
    passes(codec, "[1,2]", List.of(1, 2));
    refuses(codec, "[1,\"2\"]", "x[1]: expected integer, got string");
    refuses(codec, "{}", "x: expected array of integer, got object");
    refuses(codec, "[" + tagged("undefined") + "]", "x[0]: expected integer, got undefined");
  }

  @Test
  void mapsKeepTheirOrderAndAnyKey() {
    Codec<Map<String, Integer>> codec = Codecs.map(Codecs.INT);
    assertEquals(
        "{\"b\":1,\"__proto__\":2,\"\":3}",
        write(codec, read(codec, "{\"b\":1,\"__proto__\":2,\"\":3}")));
    refuses(codec, "{\"a\":{\"b\":1}}", "x.a: expected integer, got object");
    refuses(codec, "[]", "x: expected object of integer, got array");
  }

  @Test
  void recordsNeedTheirFieldsAndStripOthers() {
    assertEquals(new Circle(2), read(CIRCLE, "{\"other\":1,\"radius\":2,\"__proto__\":{}}"));
    refuses(CIRCLE, "{}", "x.radius: is required");
    refuses(BOX, "{\"width\":10}", "x.width: is not within 1 to 9");
    refuses(CIRCLE, "[]", "x: expected Circle object, got array");
    refuses(
        Codecs.list(CIRCLE), "[{\"radius\":true}]", "x[0].radius: expected number, got boolean");
  }

  @Test
  void sealedTypesCarryTheirCase() {
    passes(SHAPE, "{\"type\":\"Circle\",\"radius\":1.5}", new Circle(1.5));
    passes(SHAPE, "{\"type\":\"Box\",\"width\":2,\"label\":\"b\"}", new Box(2, Optional.of("b")));
    assertEquals("{\"type\":\"Box\",\"width\":2}", write(SHAPE, new Box(2, Optional.empty())));
    refuses(SHAPE, "{\"type\":\"Star\"}", "x.type: expected one of Circle, Box");
    refuses(SHAPE, "{\"radius\":1}", "x.type: expected one of Circle, Box");
    refuses(SHAPE, "{\"type\":\"Box\",\"width\":0}", "x.width: is not within 1 to 9");
  }

  @Test
  void aCaseHasNoFieldNamedType() {
    Field<Circle, Double> type = Field.of("type", Codecs.DOUBLE, Circle::radius);
    ObjectCodec<Circle> codec =
        Codecs.<Circle>object("Circle").field(type).construct(row -> new Circle(row.get(type)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Codecs.<Shape>sealed("Shape").variant("Circle", Circle.class, codec));
  }

  @Test
  void pagesGoBothWays() {
    Codec<Page<Integer>> codec = Codecs.page(Codecs.INT);
    passes(
        codec,
        "{\"page\":[1],\"isDone\":false,\"continueCursor\":\"c\"}",
        new Page<>(List.of(1), false, "c"));
    passes(
        codec,
        "{\"page\":[],\"isDone\":true,\"continueCursor\":null}",
        new Page<>(List.of(), true, null));
    refuses(codec, "{\"page\":[]}", "x: expected page, got object");
  }

  @Test
  void keysExistForWhatHasAnOrder() {
    assertEquals(1.0, Codecs.BOOLEAN.key(true));
    assertEquals("NaN", Codecs.DOUBLE.key(Double.NaN));
    assertEquals("p00017", Codecs.LONG.key(7L));
    assertEquals("n99982", Codecs.LONG.key(-7L));
    assertEquals("RED", Codecs.enumOf(List.of(Color.values())).key(Color.RED));
    assertEquals(5.0, Codecs.INSTANT.key(Instant.ofEpochMilli(5)));
    assertNull(Codecs.optional(Codecs.INT).key(Optional.empty()));
    assertEquals("\uFFFDd800", Codecs.STRING.key("\uD800"));
    assertFalse(Codecs.list(Codecs.INT).indexable());
    assertFalse(CIRCLE.indexable());
    Field<Circle, Circle> self = Field.of("self", CIRCLE, circle -> circle);
    assertThrows(IllegalArgumentException.class, () -> Index.on("i", self));
  }

  private static <T extends @Nullable Object> void passes(Codec<T> codec, String wire, T value) {
    assertEquals(value, read(codec, wire));
    assertEquals(wire, write(codec, value));
  }

  private static void refuses(Codec<?> codec, String wire, String message) {
    assertMessage(message, () -> read(codec, wire));
  }

  private static void assertMessage(String message, Runnable refused) {
    LunoraException refusal = assertThrows(LunoraException.class, refused::run);
    assertEquals(message, refusal.getMessage());
    assertEquals("VALIDATION_ERROR", refusal.code());
  }

  private static <T extends @Nullable Object> T read(Codec<T> codec, String wire) {
    Value value = WireCodec.decode(Json.read(wire));
    return codec.read(value, FieldPath.root("x"));
  }

  private static <T extends @Nullable Object> String write(Codec<T> codec, T value) {
    JsonWriter json = new JsonWriter();
    codec.write(value, json);
    return json.finish().toString();
  }

  private static String tagged(String kind) {
    return "[\"$lunora.wire$\",\"" + kind + "\"]";
  }

  private static String tagged(String kind, String payload) {
    return "[\"$lunora.wire$\",\"" + kind + "\",\"" + payload + "\"]";
  }
}
