package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value.Num;
import lunora.wire.Value.Obj;
import lunora.wire.Value.Str;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\ufeff1",
        "\u00a01",
        "\u000b1",
        "nul",
        "nulll",
        "True",
        "undefined",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "-01",
        "-",
        "1.",
        ".5",
        "-.5",
        "1e",
        "1e+",
        "1.e1",
        "0x10",
        "1_0",
        "1 2",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "]",
        "[}",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{1:2}",
        "\"",
        "\"abc",
        "\"\\",
        "\"\\u",
        "\"\\u12",
        "\"\\u12G4\"",
        "\"\\x41\"",
        "\"\\'\"",
        "\"\\u\uff11234\"",
        "\"a\nb\"",
        "\"a\u0000b\"",
        "\"\\n\u001f\"",
        "'a'",
        "// x\n1",
        "1 /* */",
        "\u0000",
        "1\u0000",
        "[1]x",
        "\uff11",
        "-\"",
        "\"\\u00 1\"",
        "1e1.5",
        "--1"
      })
  void refusesWhatIsNotJson(String text) {
    assertEquals(WireFormatException.Kind.SYNTAX, refusal(text).kind());
  }

  @Test
  void namesTheOffset() {
    assertEquals("unexpected character in JSON at offset 4", refusal("[1, x]").getMessage());
    assertEquals("unexpected end of JSON at offset 3", refusal("[1,").getMessage());
    assertEquals("unexpected character in JSON at offset 2", refusal("\"\\q\"").getMessage());
  }

  @Test
  void readsEveryKindWithAnyWhiteSpace() {
    String text =
        " \t\r\n{ \"a\" : [ 1 , -2.5e1 , true , false , null ] , \"b\" : { } , \"c\":[ ] } ";
    assertEquals(
        "{\"a\":[1,-25,true,false,null],\"b\":{},\"c\":[]}", JsonWriter.print(Json.read(text)));
  }

  @Test
  void readsEscapes() {
    assertEquals(
        new Str("\"\\/\b\f\n\r\té\u0000"),
        Json.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u0000\""));
    assertEquals(new Str("\ud83d\ude00"), Json.read("\"\\ud83d\\uDE00\""));
  }

  @Test
  void keepsLoneSurrogates() {
    assertEquals(new Str("\ud800x"), Json.read("\"\\ud800x\""));
    assertEquals(new Str("\udc00"), Json.read("\"\udc00\""));
  }

  @Test
  void numbersAreThoseOfJsonParse() {
    assertEquals(new Num(Double.POSITIVE_INFINITY), Json.read("1e400"));
    assertEquals(new Num(Double.NEGATIVE_INFINITY), Json.read("-1E+400"));
    assertEquals(new Num(-0.0), Json.read("-0"));
    assertEquals(new Num(-0.0), Json.read("-0.000e5"));
    assertEquals(new Num(0.0), Json.read("1e-400"));
    assertEquals(new Num(999999999), Json.read("999999999"));
    assertEquals(new Num(9999999999.0), Json.read("9999999999"));
    assertEquals(new Num(9007199254740992.0), Json.read("9007199254740993"));
  }

  @Test
  void lastOfEqualKeysWinsAtTheFirstPlace() {
    assertEquals(
        "{\"a\":3,\"b\":2}", JsonWriter.print(Json.read("{\"a\":1,\"b\":2,\"\\u0061\":3}")));
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      many.append("\"k").append(i % 20).append("\":").append(i).append(i < 39 ? "," : "}");
    }
    Obj object = (Obj) Json.read(many.toString());
    assertEquals(20, object.fields().size());
    assertEquals(new Num(39), object.fields().get("k19"));
    assertEquals("k0", object.fields().keySet().iterator().next());
  }

  @Test
  void protoIsAnOrdinaryKey() {
    assertEquals("{\"__proto__\":1}", JsonWriter.print(Json.read("{\"__proto__\":1}")));
  }

  @Test
  void nestsUpToTheCap() {
    int max = Json.DEPTH_MAX;
    String deepest = "[".repeat(max) + "]".repeat(max);
    assertEquals(deepest, JsonWriter.print(Json.read(deepest)));
    assertEquals(WireFormatException.Kind.DEPTH, refusal("[" + deepest + "]").kind());
    assertEquals(WireFormatException.Kind.DEPTH, refusal("{\"a\":".repeat(max + 1)).kind());
    assertTimeout(Duration.ofSeconds(1), () -> refusal("[".repeat(100_000)));
  }

  @Test
  void equalHashesDoNotSlowItDown() {
    List<String> keys = List.of("");
    for (int i = 0; i < 15; i++) {
      List<String> longer = new ArrayList<>();
      for (String key : keys) {
        longer.add(key + "Aa");
        longer.add(key + "BB");
      }
      keys = longer;
    }
    String text = "{\"" + String.join("\":1,\"", keys) + "\":1}";
    Obj object = assertTimeout(Duration.ofSeconds(5), () -> (Obj) Json.read(text));
    assertEquals(1 << 15, object.fields().size());
    assertTrue(object.fields() instanceof FieldMap, "not a hash map: TeaVM's is quadratic here");
  }

  private static WireFormatException refusal(String text) {
    return assertThrows(WireFormatException.class, () -> Json.read(text));
  }
}
