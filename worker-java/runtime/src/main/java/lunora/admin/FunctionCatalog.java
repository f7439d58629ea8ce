package lunora.admin;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.schema.Codec;
import lunora.schema.JsonSchema;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** The functions that clients can call, as three documents. Never suspends. */
final class FunctionCatalog {

  private static final String VERSION = "0.1.0";

  private static final String ERROR =
      "{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
          + "\"required\":[\"code\",\"message\"],\"properties\":{\"code\":{\"type\":\"string\"},"
          + "\"message\":{\"type\":\"string\"}}}}}";

  private final List<Entry> functions = new ArrayList<>();

  /** A function and its kind, as the protocol names it. */
  private record Entry(FunctionDescriptor.Signature<?> signature, String kind) {

    String path() {
      return signature.path().text();
    }
  }

  FunctionCatalog(AppModule app) {
    app.queries().forEach(each -> add(each, "query"));
    app.mutations().forEach(each -> add(each, "mutation"));
    app.actions().forEach(each -> add(each, "action"));
    app.streams().forEach(each -> add(each, "stream"));
  }

  private void add(FunctionDescriptor<?> function, String kind) {
    if (function.signature().visibility() == FunctionDescriptor.Visibility.PUBLIC) {
      functions.add(new Entry(function.signature(), kind));
    }
  }

  /** {@code {"functions":[{path, kind, args}]}}. */
  JsonText functions() {
    JsonWriter json = new JsonWriter().raw("{\"functions\":[");
    String before = "";
    for (Entry each : functions) {
      json.raw(before).raw("{\"path\":").string(each.path());
      json.raw(",\"kind\":").string(each.kind()).raw(",\"args\":[");
      String beforeArg = "";
      for (Param<?> param : each.signature().params()) {
        json.raw(beforeArg).raw("{\"name\":").string(param.name());
        json.raw(",\"kind\":").string(param.codec().describe());
        json.raw(",\"optional\":").raw(String.valueOf(JsonSchema.isOptional(param.codec())));
        json.raw(",\"schema\":");
        JsonSchema.write(param.codec(), json);
        json.raw("}");
        beforeArg = ",";
      }
      json.raw("]}");
      before = ",";
    }
    return json.raw("]}").finish();
  }

  /**
   * OpenAPI 3.1: one path for each function, told apart behind a {@code #}, since all are posted to
   * the same URL.
   */
  JsonText openApi() {
    JsonWriter json = new JsonWriter();
    json.raw("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Lunora app\",\"version\":\"");
    json.raw(VERSION).raw("\"},\"components\":{\"securitySchemes\":{\"bearer\":");
    json.raw("{\"type\":\"http\",\"scheme\":\"bearer\"}},\"schemas\":{\"Error\":").raw(ERROR);
    json.raw("}},\"security\":[{},{\"bearer\":[]}],\"paths\":{");
    String before = "";
    for (Entry each : functions) {
      if (!each.kind().equals("stream")) {
        json.raw(before).string("/_lunora/rpc#" + each.path()).raw(":");
        writeOperation(each, json);
        before = ",";
      }
    }
    return json.raw("}}").finish();
  }

  private static void writeOperation(Entry function, JsonSink json) {
    json.raw("{\"post\":{\"operationId\":").string(function.path());
    json.raw(",\"tags\":[").string(function.kind());
    json.raw("],\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":");
    json.raw("{\"type\":\"object\",\"required\":[\"functionPath\"],\"properties\":{");
    json.raw("\"functionPath\":{\"const\":").string(function.path()).raw("},\"args\":");
    writeArgs(function.signature(), json);
    json.raw(",\"shardKey\":{\"type\":\"string\"}}}}}},\"responses\":{\"200\":{");
    json.raw("\"description\":\"the result\",\"content\":{\"application/json\":{\"schema\":");
    json.raw("{\"type\":\"object\",\"required\":[\"result\"],\"properties\":{\"result\":");
    JsonSchema.write(function.signature().result(), json);
    json.raw("}}}}},\"default\":{\"description\":\"an error\",\"content\":{\"application/json\":");
    json.raw("{\"schema\":{\"$ref\":\"#/components/schemas/Error\"}}}}}}}");
  }

  private static void writeArgs(FunctionDescriptor.Signature<?> signature, JsonSink json) {
    json.raw("{\"type\":\"object\",\"properties\":{");
    String before = "";
    for (Param<?> param : signature.params()) {
      json.raw(before).string(param.name()).raw(":");
      JsonSchema.write(param.codec(), json);
      before = ",";
    }
    json.raw("},\"required\":[");
    before = "";
    for (Param<?> param : signature.params()) {
      if (!JsonSchema.isOptional(param.codec())) {
        json.raw(before).string(param.name());
        before = ",";
      }
    }
    json.raw("]}");
  }

  /** OpenRPC 1.3: a method for each function, its parameters by name. */
  JsonText openRpc() {
    JsonWriter json = new JsonWriter();
    json.raw("{\"openrpc\":\"1.3.2\",\"info\":{\"title\":\"Lunora app\",\"version\":\"");
    json.raw(VERSION).raw("\"},\"methods\":[");
    String before = "";
    for (Entry each : functions) {
      json.raw(before).raw("{\"name\":").string(each.path());
      json.raw(",\"tags\":[{\"name\":").string(each.kind());
      json.raw("}],\"paramStructure\":\"by-name\",\"params\":[");
      String beforeParam = "";
      for (Param<?> param : each.signature().params()) {
        json.raw(beforeParam).raw("{\"name\":").string(param.name());
        boolean required = !JsonSchema.isOptional(param.codec());
        json.raw(",\"required\":").raw(String.valueOf(required)).raw(",\"schema\":");
        JsonSchema.write(param.codec(), json);
        json.raw("}");
        beforeParam = ",";
      }
      json.raw("],\"result\":{\"name\":\"result\",\"schema\":");
      Codec<?> result = each.signature().result();
      JsonSchema.write(result, json);
      json.raw("}}");
      before = ",";
    }
    return json.raw("]}").finish();
  }
}
