package lunora.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lunora.wire.Value.Arr;
import lunora.wire.Value.Obj;
import lunora.wire.Value.Str;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Turns files of {@code {name, encoded, reencoded?}} into tests; shared by fixtures and vectors.
 */
final class Vectors {

  private Vectors() {}

  /** Each case decodes, and encodes as itself or as what it names. */
  static Stream<DynamicTest> roundTrips(Value file) {
    return each(
        file,
        "cases",
        test -> {
          Value encoded = field(test, "encoded");
          Value expected = fields(test).getOrDefault("reencoded", encoded);
          Value decoded = WireCodec.decode(encoded);
          String once = JsonWriter.print(WireCodec.encode(decoded));
          Assertions.assertEquals(JsonWriter.print(expected), once);
          Value again = WireCodec.decode(Json.read(once));
          Assertions.assertEquals(once, JsonWriter.print(WireCodec.encode(again)));
        });
  }

  /** Each case is refused. */
  static Stream<DynamicTest> rejections(Value file) {
    return each(
        file,
        "rejected",
        test ->
            Assertions.assertThrows(
                WireFormatException.class, () -> WireCodec.decode(field(test, "encoded"))));
  }

  /** Each case has the stable key that it names. */
  static Stream<DynamicTest> keys(Value file, String list, String input) {
    return each(
        file,
        list,
        test ->
            Assertions.assertEquals(
                text(test, "key"), StableKey.of(WireCodec.decode(field(test, input)))));
  }

  static Stream<DynamicTest> each(Value file, String list, Check check) {
    return items(field(file, list)).stream()
        .map(
            test ->
                DynamicTest.dynamicTest(list + ": " + text(test, "name"), () -> check.on(test)));
  }

  static Map<String, Value> fields(Value json) {
    return ((Obj) json).fields();
  }

  static List<Value> items(Value json) {
    return ((Arr) json).items();
  }

  static Value field(Value json, String name) {
    Value value = fields(json).get(name);
    if (value == null) {
      throw new AssertionError("no field " + name);
    }
    return value;
  }

  static String text(Value json, String name) {
    return ((Str) field(json, name)).value();
  }

  /** What a case must satisfy. */
  @FunctionalInterface
  interface Check {
    void on(Value test);
  }
}
