package lunora.wire;

/**
 * A {@link JsonSink} over a Java {@link StringBuilder}: prints what {@code JSON.stringify} does.
 */
public final class JsonWriter implements JsonSink {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();

  /** The text of a tree of JSON kinds; fails as {@link Json#write} does. */
  public static String print(Value json) {
    JsonWriter writer = new JsonWriter();
    Json.write(json, writer);
    return writer.out.toString();
  }

  @Override
  public JsonWriter raw(String json) {
    out.append(json);
    return this;
  }

  @Override
  public JsonWriter json(JsonText text) {
    out.append(text.toString());
    return this;
  }

  @Override
  public JsonWriter string(String value) {
    quote(value, out);
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws WireFormatException VALUE for NaN and the infinities
   */
  @Override
  public JsonWriter number(double value) {
    if (!Double.isFinite(value)) {
      throw WireFormatException.value("JSON has no NaN or infinity: encode it first");
    }
    out.append(EcmaNumber.format(value));
    return this;
  }

  @Override
  public JsonText finish() {
    return JsonText.of(out.toString());
  }

  /**
   * Appends a JSON string literal; lone surrogates are escaped so that UTF-8 can carry the text.
   */
  static void quote(String value, StringBuilder out) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        continue;
      }
      if (isPair(value, i)) {
        i++;
        continue;
      }
      out.append(value, copied, i);
      escape(c, out);
      copied = i + 1;
    }
    out.append(value, copied, value.length()).append('"');
  }

  private static boolean isPair(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
        && at + 1 < value.length()
        && Character.isLowSurrogate(value.charAt(at + 1));
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 0xf));
        }
      }
    }
  }
}
