package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lunora.wire.Value.Arr;
import lunora.wire.Value.Num;
import lunora.wire.Value.Str;
import lunora.wire.Value.Undefined;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

  @Test
  void escapesAsJsonStringifyDoes() {
    assertString("\"\\\"\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    assertString("\"\\u0000\\u000b\\u001f\u007f\u2028é\"", "\u0000\u000b\u001f\u007f\u2028é");
  }

  @Test
  void escapesOnlyLoneSurrogates() {
    assertString("\"\ud83d\ude00\"", "\ud83d\ude00");
    assertString("\"\\ud83d\"", "\ud83d");
    assertString("\"\\ude00\\ud83d\"", "\ude00\ud83d");
    assertString("\"\\ud83d\ud83d\ude00\\ude00\"", "\ud83d\ud83d\ude00\ude00");
    assertString("\"a\\udbffb\"", "a\udbffb");
  }

  @Test
  void writesPieces() {
    JsonSink sink = new JsonWriter();
    JsonText text =
        sink.raw("{\"a\":")
            .string("x")
            .raw(",\"b\":")
            .number(-0.0)
            .raw(",\"c\":")
            .json(JsonText.of("[1, 2]"))
            .raw("}")
            .finish();
    assertEquals("{\"a\":\"x\",\"b\":0,\"c\":[1, 2]}", text.toString());
    assertEquals(text.toString().length(), text.length());
  }

  @Test
  void writesValuesWireEncoded() {
    JsonWriter sink = new JsonWriter();
    WireCodec.write(new Arr(List.of(Undefined.INSTANCE, new Num(Double.NaN))), sink);
    assertEquals(
        "[[\"$lunora.wire$\",\"undefined\"],[\"$lunora.wire$\",\"nan\"]]",
        sink.finish().toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesNumbersThatJsonLacks(double value) {
    assertThrows(WireFormatException.class, () -> new JsonWriter().number(value));
    assertThrows(WireFormatException.class, () -> JsonWriter.print(new Num(value)));
  }

  @Test
  void refusesValuesThatAreNotJson() {
    assertThrows(WireFormatException.class, () -> JsonWriter.print(Undefined.INSTANCE));
  }

  private static void assertString(String expected, String value) {
    assertEquals(expected, JsonWriter.print(new Str(value)));
  }
}
