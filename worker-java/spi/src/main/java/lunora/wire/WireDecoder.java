package lunora.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

/**
 * The reading half of {@link WireCodec}. {@code level} is what a value counts as if it turns out to
 * be a container.
 */
final class WireDecoder {

  private WireDecoder() {}

  static Value decode(Value json, int level) {
    if (json instanceof Str
        || json instanceof Num
        || json instanceof Bool
        || json instanceof Null) {
      return json;
    }
    if (json instanceof Obj o) {
      return object(o, level);
    }
    if (!(json instanceof Arr a)) {
      throw WireFormatException.value("not a JSON value: it is decoded already");
    }
    List<Value> items = a.items();
    boolean tagged =
        items.size() > 1
            && items.get(0) instanceof Str tag
            && items.get(1) instanceof Str
            && tag.value().equals(WireCodec.TAG);
    return tagged ? tagged(a, level) : array(a, level);
  }

  private static Value tagged(Arr a, int level) {
    List<Value> items = a.items();
    return switch (((Str) items.get(1)).value()) {
      case "undefined" -> Undefined.INSTANCE;
      case "nan" -> new Num(Double.NaN);
      case "inf" -> new Num(Double.POSITIVE_INFINITY);
      case "-inf" -> new Num(Double.NEGATIVE_INFINITY);
      case "bigint" -> bigInt(text(items, 2, "bigint payload"));
      case "date" -> date(items, level);
      case "url" -> url(text(items, 2, "url href"));
      case "bytes" -> bytes(items);
      case "arr" -> array(payload(items, "arr"), level);
      case "set" -> set(payload(items, "set").items(), level);
      case "map" -> map(payload(items, "map").items(), level);
      case "error" -> error(items, level);
      default -> array(a, level);
    };
  }

  private static Arr array(Arr a, int level) {
    checkLevel(level);
    List<Value> items = a.items();
    List<Value> copy = null;
    for (int i = 0; i < items.size(); i++) {
      Value decoded = decode(items.get(i), level + 1);
      if (copy == null && decoded != items.get(i)) {
        copy = new ArrayList<>(items);
      }
      if (copy != null) {
        copy.set(i, decoded);
      }
    }
    return copy == null ? a : new Arr(copy);
  }

  private static Obj object(Obj o, int level) {
    checkLevel(level);
    Map<String, Value> copy = null;
    for (Map.Entry<String, Value> field : o.fields().entrySet()) {
      Value decoded = decode(field.getValue(), level + 1);
      if (copy == null && decoded != field.getValue()) {
        copy = new LinkedHashMap<>(o.fields());
      }
      if (copy != null) {
        copy.put(field.getKey(), decoded);
      }
    }
    return copy == null ? o : new Obj(copy);
  }

  private static BigInt bigInt(String text) {
    int firstDigit = text.startsWith("-") ? 1 : 0;
    int digitCount = text.length() - firstDigit;
    if (digitCount > WireCodec.BIGINT_DIGITS_MAX) {
      throw WireFormatException.value(
          "bigint has more than " + WireCodec.BIGINT_DIGITS_MAX + " digits");
    }
    boolean decimal = digitCount > 0;
    for (int i = firstDigit; i < text.length(); i++) {
      decimal &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!decimal) {
      throw WireFormatException.value("bigint payload must be decimal digits");
    }
    return new BigInt(new BigInteger(text));
  }

  private static Date date(List<Value> items, int level) {
    if (items.size() > 2 && decode(items.get(2), level) instanceof Num epochMs) {
      return new Date(epochMs.value());
    }
    throw WireFormatException.value("date epoch must be a number");
  }

  private static Url url(String href) {
    WireUrl.check(href);
    return new Url(href);
  }

  private static Bytes bytes(List<Value> items) {
    byte[] bytes = Base64Text.decode(text(items, 2, "bytes payload"));
    @Nullable String view =
        items.size() > 3 && items.get(3) instanceof Str name ? ByteView.known(name.value()) : null;
    ByteView.checkLength(bytes.length, view);
    return new Bytes(bytes, view);
  }

  private static SetOf set(List<Value> items, int level) {
    checkLevel(level);
    List<Value> members = new ArrayList<>(items.size());
    for (Value item : items) {
      members.add(decode(item, level + 1));
    }
    return SetOf.of(members);
  }

  private static MapOf map(List<Value> items, int level) {
    checkLevel(level);
    List<Entry> entries = new ArrayList<>(items.size());
    for (Value item : items) {
      if (!(item instanceof Arr pair) || pair.items().size() != 2) {
        throw WireFormatException.value("map entry must be a key and a value");
      }
      Value key = decode(pair.items().get(0), level + 1);
      entries.add(new Entry(key, decode(pair.items().get(1), level + 1)));
    }
    return MapOf.of(entries);
  }

  private static Err error(List<Value> items, int level) {
    checkLevel(level);
    String name = text(items, 2, "error name");
    String message = text(items, 3, "error message");
    if (items.size() < 5 || !(items.get(4) instanceof Obj ownProps)) {
      throw WireFormatException.value("error properties must be an object");
    }
    Value cause = items.size() > 5 ? decode(items.get(5), level + 1) : Undefined.INSTANCE;
    // The object that carries the properties is part of the error, not a level of its own.
    Obj props = object(ownProps, level);
    return new Err(name, message, props, cause instanceof Undefined ? null : cause);
  }

  private static String text(List<Value> items, int index, String what) {
    if (items.size() > index && items.get(index) instanceof Str s) {
      return s.value();
    }
    throw WireFormatException.value(what + " must be a string");
  }

  private static Arr payload(List<Value> items, String kind) {
    if (items.size() > 2 && items.get(2) instanceof Arr payload) {
      return payload;
    }
    throw WireFormatException.value(kind + " payload must be an array");
  }

  private static void checkLevel(int level) {
    if (level > WireCodec.DEPTH_MAX) {
      throw WireFormatException.tooDeep(WireCodec.DEPTH_MAX);
    }
  }
}
