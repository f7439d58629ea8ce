package lunora.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lunora.wire.Value.Arr;
import lunora.wire.Value.BigInt;
import lunora.wire.Value.Bool;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WirePropertiesTest {

  @Property(tries = 500)
  void decodeUndoesEncode(@ForAll("values") Value value) {
    assertEquals(value, WireCodec.decode(WireCodec.encode(value)));
  }

  @Property(tries = 500)
  void encodeIsAFixedPoint(@ForAll("values") Value value) {
    Value once = WireCodec.encode(value);
    assertEquals(once, WireCodec.encode(WireCodec.decode(once)));
  }

  @Property(tries = 500)
  void readingUndoesWriting(@ForAll("values") Value value) {
    Value json = WireCodec.encode(value);
    assertEquals(json, Json.read(JsonWriter.print(json)));
  }

  @Property(tries = 500)
  void writingUndoesReading(@ForAll("values") Value value) {
    String text = JsonWriter.print(WireCodec.encode(value));
    assertEquals(text, JsonWriter.print(Json.read(text)));
  }

  @Property(tries = 500)
  void theKeyDoesNotDependOnKeyOrder(@ForAll("values") Value value, @ForAll Random random) {
    assertEquals(StableKey.of(value), StableKey.of(shuffled(value, random)));
  }

  @Property(tries = 500)
  void theKeySurvivesTheWire(@ForAll("values") Value value) {
    String text = JsonWriter.print(WireCodec.encode(value));
    assertEquals(StableKey.of(value), StableKey.of(WireCodec.decode(Json.read(text))));
  }

  @Property(tries = 2000)
  void randomTextIsReadOrRefused(@ForAll("nearlyJson") String text) {
    refusedOrDone(() -> WireCodec.encode(WireCodec.decode(Json.read(text))));
  }

  @Property(tries = 500)
  void cutTextIsReadOrRefused(@ForAll("values") Value value, @ForAll Random random) {
    String text = JsonWriter.print(WireCodec.encode(value));
    int from = random.nextInt(text.length());
    int to = from + random.nextInt(text.length() - from);
    refusedOrDone(() -> Json.read(text.substring(0, from) + text.substring(to)));
  }

  @Property(tries = 1000)
  void randomTagsAreDecodedOrRefused(@ForAll("tagged") Value json) {
    refusedOrDone(
        () -> {
          Value once = WireCodec.encode(WireCodec.decode(json));
          assertEquals(once, WireCodec.encode(WireCodec.decode(once)));
        });
  }

  private static void refusedOrDone(Runnable action) {
    try {
      action.run();
    } catch (WireFormatException refused) {
      // The one exception that may come out; any other fails the property.
      assertEquals(WireFormatException.class, refused.getClass());
    }
  }

  @Provide
  Arbitrary<String> nearlyJson() {
    Arbitrary<String> token =
        Arbitraries.of(
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "\\",
            "\\u00",
            "null",
            "true",
            "fals",
            "-",
            "0",
            "12",
            ".5",
            "e",
            "+",
            " ",
            "\n",
            "\"a\"",
            "\"$lunora.wire$\"",
            "\"map\"",
            "\ud800",
            "\u0000");
    return Arbitraries.oneOf(
        token.list().ofMaxSize(20).map(tokens -> String.join("", tokens)), Arbitraries.strings());
  }

  @Provide
  Arbitrary<Value> tagged() {
    return tagged(3);
  }

  private static Arbitrary<Value> tagged(int levels) {
    List<Arbitrary<Value>> payloads = new ArrayList<>();
    payloads.add(scalars().filter(v -> WireCodec.encode(v) == v));
    payloads.add(Arbitraries.just(new Obj(Map.of("k", new Num(1)))));
    if (levels > 0) {
      Arbitrary<Value> inner = tagged(levels - 1);
      payloads.add(inner);
      payloads.add(inner.list().ofMaxSize(2).map(Arr::new));
    }
    Arbitrary<String> kind =
        Arbitraries.of(
            "bigint",
            "date",
            "url",
            "bytes",
            "map",
            "set",
            "arr",
            "error",
            "undefined",
            "nan",
            "x");
    return Combinators.combine(kind, Arbitraries.oneOf(payloads).list().ofMaxSize(4))
        .as(
            (name, rest) -> {
              List<Value> items = new ArrayList<>(List.of(new Str(WireCodec.TAG), new Str(name)));
              items.addAll(rest);
              return new Arr(items);
            });
  }

  @Provide
  Arbitrary<Value> values() {
    return value(3);
  }

  private static Arbitrary<Value> value(int levels) {
    if (levels == 0) {
      return scalars();
    }
    Arbitrary<Value> inner = value(levels - 1);
    Arbitrary<List<Value>> list = inner.list().ofMaxSize(4);
    Arbitrary<Entry> entry = Combinators.combine(inner, inner).as(Entry::new);
    Arbitrary<Obj> object = object(inner.filter(v -> !(v instanceof Undefined)));
    Arbitrary<Value> error =
        Combinators.combine(strings(), strings(), object, inner.injectNull(0.3))
            .as((n, m, p, cause) -> new Err(n, m, p, cause instanceof Undefined ? null : cause));
    return Arbitraries.oneOf(
        scalars(),
        list.map(Arr::new),
        list.map(SetOf::of),
        entry.list().ofMaxSize(4).map(MapOf::of),
        object.map(o -> o),
        error);
  }

  private static Arbitrary<Obj> object(Arbitrary<Value> field) {
    return Arbitraries.maps(strings(), field)
        .ofMaxSize(4)
        .map(m -> new Obj(new LinkedHashMap<>(m)));
  }

  private static Arbitrary<Value> scalars() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    return Arbitraries.oneOf(
        Arbitraries.of(Null.INSTANCE, Undefined.INSTANCE, Bool.TRUE, Bool.FALSE),
        doubles().map(Num::new),
        doubles().map(Date::new),
        strings().map(Str::new),
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
            .map(BigInt::new),
        strings().map(s -> new Url("x:" + s)),
        bytes.map(b -> new Bytes(b, null)),
        bytes.map(b -> new Bytes(b, "ArrayBuffer")));
  }

  /** Any bits but negative zero, which JSON text does not keep. */
  private static Arbitrary<Double> doubles() {
    Arbitrary<Double> bits = Arbitraries.longs().map(Double::longBitsToDouble);
    return Arbitraries.oneOf(
            bits,
            Arbitraries.integers().map(Integer::doubleValue),
            Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e21))
        .map(d -> d == 0 ? 0.0 : d);
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            WireCodec.TAG, "bigint", "__proto__", "", "\ud800", "\udc00\ud800", "\ud83d\ude00"),
        Arbitraries.strings().ofMaxLength(8));
  }

  private static Value shuffled(Value value, Random random) {
    if (value instanceof Arr a) {
      return new Arr(a.items().stream().map(v -> shuffled(v, random)).toList());
    }
    if (!(value instanceof Obj o)) {
      return value;
    }
    List<String> keys = new ArrayList<>(o.fields().keySet());
    Collections.shuffle(keys, random);
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String key : keys) {
      fields.put(key, shuffled(Vectors.field(o, key), random));
    }
    return new Obj(fields);
  }
}
