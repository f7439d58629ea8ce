package lunora.processor.write;

import lunora.processor.model.ClassName;

/** The classes that generated code names. */
final class LunoraNames {

  static final ClassName APP_MODULE = api("AppModule");
  static final ClassName DATA_MIGRATION = api("DataMigration");
  static final ClassName FUNCTION_CALL = api("FunctionCall");
  static final ClassName FUNCTION_DESCRIPTOR = api("FunctionDescriptor");
  static final ClassName PARAM = api("Param");
  static final ClassName ROW_ACCESS = api("RowAccess");
  static final ClassName SHAPE_DESCRIPTOR = api("ShapeDescriptor");

  static final ClassName CODECS = schema("Codecs");
  static final ClassName DOC = schema("Doc");
  static final ClassName FIELD = schema("Field");
  static final ClassName ID = schema("Id");
  static final ClassName INDEX = schema("Index");
  static final ClassName OBJECT_CODEC = schema("ObjectCodec");
  static final ClassName PAGE = schema("Page");
  static final ClassName SEALED_CODEC = schema("SealedCodec");
  static final ClassName TABLE = schema("Table");

  static final ClassName VALUE = ClassName.of("lunora.wire", "Value");

  static final ClassName BIG_INTEGER = ClassName.of("java.math", "BigInteger");
  static final ClassName INSTANT = ClassName.of("java.time", "Instant");
  static final ClassName LIST = ClassName.of("java.util", "List");
  static final ClassName MAP = ClassName.of("java.util", "Map");
  static final ClassName OPTIONAL = ClassName.of("java.util", "Optional");
  static final ClassName GENERATED = ClassName.of("javax.annotation.processing", "Generated");
  static final ClassName NULLABLE = ClassName.of("org.jspecify.annotations", "Nullable");

  private LunoraNames() {}

  static ClassName lang(String simpleName) {
    return ClassName.of("java.lang", simpleName);
  }

  private static ClassName api(String simpleName) {
    return ClassName.of("lunora.api", simpleName);
  }

  private static ClassName schema(String simpleName) {
    return ClassName.of("lunora.schema", simpleName);
  }
}
