package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value.Arr;
import lunora.wire.Value.BigInt;
import lunora.wire.Value.Bytes;
import lunora.wire.Value.Date;
import lunora.wire.Value.Entry;
import lunora.wire.Value.Err;
import lunora.wire.Value.MapOf;
import lunora.wire.Value.Null;
import lunora.wire.Value.Num;
import lunora.wire.Value.Obj;
import lunora.wire.Value.SetOf;
import lunora.wire.Value.Str;
import lunora.wire.Value.Undefined;
import lunora.wire.Value.Url;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private static final Obj NO_FIELDS = new Obj(Map.of());

  @Test
  void plainJsonIsNotCopied() {
    Value json = Json.read("{\"a\":[1,{\"b\":[]}],\"c\":\"x\"}");
    assertSame(json, WireCodec.decode(json));
    assertSame(json, WireCodec.encode(json));
  }

  @Test
  void onlyThePathToATagIsCopied() {
    Obj json =
        (Obj)
            Json.read("{\"plain\":[1],\"typed\":[0,[\"$lunora.wire$\",\"bigint\",\"5\"]],\"z\":1}");
    Obj decoded = (Obj) WireCodec.decode(json);
    assertSame(json.fields().get("plain"), decoded.fields().get("plain"));
    assertEquals(
        new Arr(List.of(new Num(0), new BigInt(BigInteger.valueOf(5)))),
        decoded.fields().get("typed"));
    assertEquals(List.of("plain", "typed", "z"), List.copyOf(decoded.fields().keySet()));
    assertEquals(json, WireCodec.encode(decoded));
  }

  @Test
  void decodesToTheKindsOfTheModel() {
    assertEquals(Undefined.INSTANCE, decoded("[T,\"undefined\"]"));
    assertEquals(new Date(1500), decoded("[T,\"date\",1500.9]"));
    assertEquals(new Url("a:b"), decoded("[T,\"url\",\"a:b\"]"));
    assertEquals(new Bytes(new byte[] {1, -1}, null), decoded("[T,\"bytes\",\"Af8=\"]"));
    assertEquals(
        new Bytes(new byte[] {1, -1}, "Int16Array"),
        decoded("[T,\"bytes\",\"Af8=\",\"Int16Array\"]"));
    assertEquals(
        new MapOf(List.of(new Entry(new Str("k"), Null.INSTANCE))),
        decoded("[T,\"map\",[[\"k\",null]]]"));
    assertEquals(new SetOf(List.of(new Num(0))), decoded("[T,\"set\",[-0]]"));
    assertEquals(
        new Err("E", "m", NO_FIELDS, Null.INSTANCE), decoded("[T,\"error\",\"E\",\"m\",{},null]"));
    assertEquals(
        new Err("E", "m", NO_FIELDS, null),
        decoded("[T,\"error\",\"E\",\"m\",{},[T,\"undefined\"]]"));
  }

  @Test
  void undefinedFieldsAreDroppedOnEncode() {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("a", new Num(1));
    fields.put("b", Undefined.INSTANCE);
    fields.put("c", new Num(Double.NaN));
    assertEquals("{\"a\":1,\"c\":[\"$lunora.wire$\",\"nan\"]}", written(new Obj(fields)));
    Err error = new Err("E", "m", new Obj(fields), Undefined.INSTANCE);
    assertEquals(
        "[\"$lunora.wire$\",\"error\",\"E\",\"m\",{\"a\":1,\"c\":[\"$lunora.wire$\",\"nan\"]}]",
        written(error));
  }

  @Test
  void refusesToEncodeWhatNobodyCouldRead() {
    BigInteger tooLong = BigInteger.TEN.pow(WireCodec.BIGINT_DIGITS_MAX);
    assertRefused(new BigInt(tooLong));
    assertRefused(new BigInt(tooLong.negate()));
    assertRefused(new BigInt(BigInteger.ONE.shiftLeft(10_000_000)));
    assertRefused(new Url("relative"));
    assertRefused(new Bytes(new byte[3], "Int16Array"));
    assertRefused(new Bytes(new byte[3], "RegExp"));
    written(new BigInt(tooLong.subtract(BigInteger.ONE)));
    assertEquals(
        "[\"$lunora.wire$\",\"bytes\",\"AAAA\"]", written(new Bytes(new byte[3], "Uint8Array")));
  }

  @Test
  void refusesToDecodeTwice() {
    assertThrows(WireFormatException.class, () -> WireCodec.decode(new Date(0)));
  }

  @Test
  void depthCountsContainersOnBothSides() {
    Value deepest = nested(WireCodec.DEPTH_MAX, new Date(Double.NaN));
    assertEquals(deepest, WireCodec.decode(WireCodec.encode(deepest)));
    Value tooDeep = nested(WireCodec.DEPTH_MAX + 1, new Num(1));
    WireFormatException refusal =
        assertThrows(WireFormatException.class, () -> WireCodec.encode(tooDeep));
    assertEquals(WireFormatException.Kind.DEPTH, refusal.kind());
    assertThrows(WireFormatException.class, () -> WireCodec.decode(tooDeep));
    assertThrows(WireFormatException.class, () -> WireCodec.encode(nested(100_000, new Num(1))));
  }

  @Test
  void theDeepestTaggedValueFitsTheReader() {
    Value value = new Date(Double.NaN);
    for (int i = 0; i < WireCodec.DEPTH_MAX; i++) {
      value = new MapOf(List.of(new Entry(value, new Num(i))));
    }
    String text = "{\"calls\":[{\"args\":" + written(value) + "}]}";
    assertEquals(text, JsonWriter.print(Json.read(text)));
  }

  @Test
  void bigMapsAndSetsAreNotQuadratic() {
    List<Entry> entries = new ArrayList<>();
    List<Value> members = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      entries.add(new Entry(new Str("k" + i % 100_000), new Num(i)));
      members.add(new Num(i % 100_000));
    }
    Value map = WireCodec.encode(new MapOf(entries));
    Value set = WireCodec.encode(new SetOf(members));
    MapOf decodedMap = assertTimeout(Duration.ofSeconds(5), () -> (MapOf) WireCodec.decode(map));
    SetOf decodedSet = assertTimeout(Duration.ofSeconds(5), () -> (SetOf) WireCodec.decode(set));
    assertEquals(100_000, decodedMap.entries().size());
    assertEquals(new Num(100_000), decodedMap.entries().get(0).value());
    assertEquals(100_000, decodedSet.members().size());
  }

  @Test
  void datesAreClippedOnCreation() {
    assertEquals(new Date(0.0), new Date(-0.9));
    assertEquals(new Date(Double.NaN), new Date(Date.EPOCH_MS_MAX + 1));
    assertEquals(new Date(Double.NaN), new Date(Double.NEGATIVE_INFINITY));
    assertEquals(-Date.EPOCH_MS_MAX, new Date(-Date.EPOCH_MS_MAX).epochMs());
  }

  private static Value nested(int levels, Value innermost) {
    Value value = innermost;
    for (int i = 0; i < levels; i++) {
      value = new Arr(List.of(value));
    }
    return value;
  }

  private static Value decoded(String json) {
    return WireCodec.decode(Json.read(json.replace("T,", "\"$lunora.wire$\",")));
  }

  private static String written(Value value) {
    JsonWriter writer = new JsonWriter();
    WireCodec.write(value, writer);
    return writer.finish().toString();
  }

  private static void assertRefused(Value value) {
    WireFormatException refusal =
        assertThrows(WireFormatException.class, () -> WireCodec.encode(value));
    assertEquals(WireFormatException.Kind.VALUE, refusal.kind());
  }
}
