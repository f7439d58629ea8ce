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

/** The writing half of {@link WireCodec}; {@code level} as in {@link WireDecoder}. */
final class WireEncoder {

  /** An integer of more bits has more than {@link WireCodec#BIGINT_DIGITS_MAX} digits. */
  private static final int BIGINT_BITS_MAX = 3402;

  private WireEncoder() {}

  static Value encode(Value value, int level) {
    if (value instanceof Str || value instanceof Bool || value instanceof Null) {
      return value;
    }
    if (value instanceof Num n) {
      return number(n);
    }
    if (value instanceof Obj o) {
      return object(o, level);
    }
    if (value instanceof Arr a) {
      return array(a, level);
    }
    return tagged(value, level);
  }

  private static Value tagged(Value value, int level) {
    if (value instanceof Undefined) {
      return tag("undefined");
    }
    if (value instanceof BigInt b) {
      return tag("bigint", new Str(digits(b.value())));
    }
    if (value instanceof Date d) {
      return tag("date", number(new Num(d.epochMs())));
    }
    if (value instanceof Url u) {
      WireUrl.check(u.href());
      return tag("url", new Str(u.href()));
    }
    if (value instanceof Bytes b) {
      return bytes(b);
    }
    if (value instanceof MapOf m) {
      return map(m.entries(), level);
    }
    if (value instanceof SetOf s) {
      return set(s.members(), level);
    }
    return error((Err) value, level);
  }

  private static Value number(Num n) {
    if (Double.isFinite(n.value())) {
      return n;
    }
    if (Double.isNaN(n.value())) {
      return tag("nan");
    }
    return tag(n.value() > 0 ? "inf" : "-inf");
  }

  private static Obj object(Obj o, int level) {
    checkLevel(level);
    Map<String, Value> copy = null;
    for (Map.Entry<String, Value> field : o.fields().entrySet()) {
      boolean dropped = field.getValue() instanceof Undefined;
      Value encoded = encode(field.getValue(), level + 1);
      if (copy == null && encoded != field.getValue()) {
        copy = new LinkedHashMap<>(o.fields());
      }
      if (dropped && copy != null) {
        copy.remove(field.getKey());
      } else if (copy != null) {
        copy.put(field.getKey(), encoded);
      }
    }
    return copy == null ? o : new Obj(copy);
  }

  private static Arr array(Arr a, int level) {
    checkLevel(level);
    List<Value> items = a.items();
    List<Value> copy = null;
    for (int i = 0; i < items.size(); i++) {
      Value encoded = encode(items.get(i), level + 1);
      if (copy == null && encoded != items.get(i)) {
        copy = new ArrayList<>(items);
      }
      if (copy != null) {
        copy.set(i, encoded);
      }
    }
    Arr encoded = copy == null ? a : new Arr(copy);
    boolean looksTagged =
        !items.isEmpty() && items.get(0) instanceof Str s && s.value().equals(WireCodec.TAG);
    return looksTagged ? tag("arr", encoded) : encoded;
  }

  private static String digits(BigInteger value) {
    // The bit length first: printing a huge number takes quadratic time.
    String text = value.bitLength() > BIGINT_BITS_MAX ? "" : value.abs().toString();
    if (text.isEmpty() || text.length() > WireCodec.BIGINT_DIGITS_MAX) {
      throw WireFormatException.value(
          "bigint has more than " + WireCodec.BIGINT_DIGITS_MAX + " digits");
    }
    return value.signum() < 0 ? "-" + text : text;
  }

  private static Arr bytes(Bytes b) {
    String view = b.view() == null ? null : ByteView.known(b.view());
    if (view == null && b.view() != null && !b.view().equals(ByteView.DEFAULT)) {
      throw WireFormatException.value("bytes have an unknown view");
    }
    ByteView.checkLength(b.bytes().length, view);
    Str payload = new Str(Base64Text.encode(b.bytes()));
    return view == null ? tag("bytes", payload) : tag("bytes", payload, new Str(view));
  }

  private static Arr map(List<Entry> entries, int level) {
    checkLevel(level);
    List<Value> items = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Value key = encode(entry.key(), level + 1);
      items.add(new Arr(List.of(key, encode(entry.value(), level + 1))));
    }
    return tag("map", new Arr(items));
  }

  private static Arr set(List<Value> members, int level) {
    checkLevel(level);
    List<Value> items = new ArrayList<>(members.size());
    for (Value member : members) {
      items.add(encode(member, level + 1));
    }
    return tag("set", new Arr(items));
  }

  private static Arr error(Err e, int level) {
    checkLevel(level);
    Str name = new Str(e.name());
    Str message = new Str(e.message());
    Obj ownProps = object(e.ownProps(), level);
    Value cause = e.cause();
    return cause == null || cause instanceof Undefined
        ? tag("error", name, message, ownProps)
        : tag("error", name, message, ownProps, encode(cause, level + 1));
  }

  private static Arr tag(String kind, Value... payload) {
    List<Value> items = new ArrayList<>(2 + payload.length);
    items.add(new Str(WireCodec.TAG));
    items.add(new Str(kind));
    items.addAll(List.of(payload));
    return new Arr(items);
  }

  private static void checkLevel(int level) {
    if (level > WireCodec.DEPTH_MAX) {
      throw WireFormatException.tooDeep(WireCodec.DEPTH_MAX);
    }
  }
}
