package lunora.schema;

import lunora.wire.JsonSink;

/**
 * What a codec takes, as JSON Schema (2020-12) of the wire form: what JSON has no kind for travels
 * as a tagged array (protocol section 2), and is described as such.
 */
public final class JsonSchema {

  private JsonSchema() {}

  /** Whether a field of this type may be absent. */
  public static boolean isOptional(Codec<?> codec) {
    return codec instanceof OptionalCodec || codec instanceof DefaultedCodec;
  }

  /** Writes the schema, an object. */
  public static void write(Codec<?> codec, JsonSink sink) {
    if (codec instanceof OptionalCodec<?> optional) {
      write(optional.present, sink);
    } else if (codec instanceof DefaultedCodec<?> defaulted) {
      write(defaulted.present, sink);
    } else if (codec instanceof NullableCodec<?> nullable) {
      sink.raw("{\"anyOf\":[");
      write(nullable.present, sink);
      sink.raw(",{\"type\":\"null\"}]}");
    } else if (codec instanceof ListCodec<?> list) {
      sink.raw("{\"type\":\"array\",\"items\":");
      write(list.element, sink);
      sink.raw("}");
    } else if (codec instanceof MapCodec<?> map) {
      sink.raw("{\"type\":\"object\",\"additionalProperties\":");
      write(map.element, sink);
      sink.raw("}");
    } else if (codec instanceof ObjectCodec<?> object) {
      writeObject(object, "", "", sink);
    } else {
      writeNamed(codec, sink);
    }
  }

  private static void writeNamed(Codec<?> codec, JsonSink sink) {
    if (codec instanceof DocCodec<?> doc) {
      sink.raw("{\"title\":").string(doc.table.name()).raw(",");
      writeBody(
          doc.table.codec(),
          "\"_id\":{\"type\":\"string\"},\"_creationTime\":{\"type\":\"number\"}",
          "\"_id\",\"_creationTime\"",
          sink);
    } else if (codec instanceof PageCodec<?> page) {
      sink.raw("{\"type\":\"object\",\"required\":[\"page\",\"isDone\",\"continueCursor\"],");
      sink.raw("\"properties\":{\"page\":");
      write(page.items, sink);
      sink.raw(",\"isDone\":{\"type\":\"boolean\"},\"continueCursor\":{}}}");
    } else if (codec instanceof SealedCodec<?> sealed) {
      sink.raw("{\"oneOf\":[");
      String before = "";
      for (SealedCodec.Case<?, ?> each : sealed.cases) {
        sink.raw(before);
        JsonSink type = sink.raw("{\"title\":").string(each.name()).raw(",");
        writeBody(each.codec(), "\"type\":{\"type\":\"string\"}", "\"type\"", type);
        before = ",";
      }
      sink.raw("]}");
    } else {
      writeScalar(codec, sink);
    }
  }

  private static void writeObject(
      ObjectCodec<?> object, String properties, String required, JsonSink sink) {
    sink.raw("{");
    writeBody(object, properties, required, sink);
  }

  /** Writes the rest of an object's schema behind its brace, with what comes before its fields. */
  private static void writeBody(
      ObjectCodec<?> object, String properties, String required, JsonSink sink) {
    sink.raw("\"type\":\"object\",\"properties\":{").raw(properties);
    String before = properties.isEmpty() ? "" : ",";
    for (Field<?, ?> field : object.fields()) {
      sink.raw(before).string(field.name()).raw(":");
      write(field.codec(), sink);
      before = ",";
    }
    sink.raw("},\"required\":[").raw(required);
    before = required.isEmpty() ? "" : ",";
    for (Field<?, ?> field : object.fields()) {
      if (!isOptional(field.codec())) {
        sink.raw(before).string(field.name());
        before = ",";
      }
    }
    sink.raw("]}");
  }

  private static void writeScalar(Codec<?> codec, JsonSink sink) {
    if (codec instanceof TextCodec text) {
      sink.raw("{\"type\":\"string\"");
      if (text.lengthMin > 0) {
        sink.raw(",\"minLength\":").number(text.lengthMin);
      }
      if (text.lengthMax < Integer.MAX_VALUE) {
        sink.raw(",\"maxLength\":").number(text.lengthMax);
      }
      sink.raw("}");
    } else if (codec instanceof IntCodec number) {
      sink.raw("{\"type\":\"integer\",\"minimum\":").number(number.min);
      sink.raw(",\"maximum\":").number(number.max).raw("}");
    } else if (codec instanceof EnumCodec<?> constants) {
      sink.raw("{\"enum\":[");
      String before = "";
      for (String name : constants.byName.keySet()) {
        sink.raw(before).string(name);
        before = ",";
      }
      sink.raw("]}");
    } else {
      sink.raw(plain(codec));
    }
  }

  private static String plain(Codec<?> codec) {
    if (codec instanceof IdCodec) {
      return "{\"type\":\"string\"}";
    }
    if (codec instanceof BooleanCodec) {
      return "{\"type\":\"boolean\"}";
    }
    if (codec instanceof DoubleCodec || codec instanceof InstantCodec) {
      return "{\"type\":\"number\"}";
    }
    if (codec instanceof NothingCodec) {
      return "{\"type\":\"null\"}";
    }
    if (codec instanceof LongCodec || codec instanceof BigIntegerCodec) {
      return "{\"type\":\"array\",\"description\":\"a tagged bigint\"}";
    }
    if (codec instanceof BytesCodec) {
      return "{\"type\":\"array\",\"description\":\"tagged bytes\"}";
    }
    return "{}";
  }
}
