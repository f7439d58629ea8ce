package lunora.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Stub until the wire branch lands: on merge take that branch's file. */
public final class JsonWriter implements JsonSink {

  private final StringBuilder out = new StringBuilder();

  @Override
  public JsonSink raw(String json) {
    out.append(json);
    return this;
  }

  @Override
  public JsonSink json(JsonText text) {
    out.append(text);
    return this;
  }

  @Override
  public JsonSink string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < value.length()
              && Character.isLowSurrogate(value.charAt(i + 1));
      if (pair) {
        out.append(c).append(value.charAt(++i));
      } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        escape(c);
      } else {
        out.append(c);
      }
    }
    out.append('"');
    return this;
  }

  private void escape(char c) {
    int named = "\"\\\b\f\n\r\t".indexOf(c);
    if (named >= 0) {
      out.append('\\').append("\"\\bfnrt".charAt(named));
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 15, 16));
    }
  }

  @Override
  public JsonSink number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("not a JSON number: " + value);
    }
    out.append(value == 0 ? "0" : (value < 0 ? "-" : "") + digits(Math.abs(value)));
    return this;
  }

  private static String digits(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int precision = 17; precision >= 1; precision--) {
      BigDecimal near = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
      BigDecimal above = exact.round(new MathContext(precision, RoundingMode.CEILING));
      if (near.doubleValue() == value) {
        shortest = near;
      } else if (above.doubleValue() == value) {
        shortest = above;
      } else {
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (point > 21 || point <= -6) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "") + (point - 1);
    }
    return shortest.toPlainString();
  }

  @Override
  public JsonText finish() {
    return JsonText.of(out.toString());
  }
}
