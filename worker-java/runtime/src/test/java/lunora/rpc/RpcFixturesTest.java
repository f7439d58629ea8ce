package lunora.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The protocol's own calls and errors. They are read from {@code LUNORA_FIXTURES}, else from beside
 * the repository; without them the tests are skipped.
 */
class RpcFixturesTest {

  @TestFactory
  Stream<DynamicTest> requestsAreRead() throws IOException {
    return cases(
        file -> items(field(field(file, "request"), "cases")),
        test -> {
          RpcEnvelope envelope = RpcEnvelope.read(print(field(test, "body")));
          Map<String, Value> fields = ((Value.Obj) test).fields();
          assertEquals(field(test, "functionPath"), new Value.Str(envelope.functionPath()));
          Value args = fields.getOrDefault("argsWire", fields.get("args"));
          assertEquals(args, WireCodec.encode(envelope.decodedArgs()));
          Value shardKey = fields.get("shardKey");
          assertEquals(
              shardKey, envelope.shardKey() == null ? null : new Value.Str(envelope.shardKey()));
        });
  }

  @TestFactory
  Stream<DynamicTest> errorsAreWritten() throws IOException {
    return cases(
        file -> items(field(file, "responseError")),
        test -> {
          LunoraException thrown =
              new LunoraException(text(test, "code"), 400, text(test, "message"));
          Value data = ((Value.Obj) test).fields().get("dataWire");
          if (data != null) {
            thrown = thrown.withData(WireCodec.decode(data));
          }
          HttpResponse.Json answer =
              RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), new JsonWriter());
          assertEquals(print(field(test, "response")), answer.body().toString());
        });
  }

  /** Gives the cases of the file. */
  private interface Cases {
    List<Value> of(Value file);
  }

  private static Stream<DynamicTest> cases(Cases cases, Consumer<Value> check) throws IOException {
    Path file = directory().resolve("rpc.json").normalize();
    if (!Files.isRegularFile(file)) {
      String reason = "protocol fixtures are absent, tests skipped: " + file;
      System.out.println(reason);
      return Stream.of(
          DynamicTest.dynamicTest("rpc.json", () -> Assumptions.assumeTrue(false, reason)));
    }
    return cases.of(Json.read(Files.readString(file))).stream()
        .map(test -> DynamicTest.dynamicTest(text(test, "name"), () -> check.accept(test)));
  }

  private static Path directory() {
    String given = System.getenv("LUNORA_FIXTURES");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("lunora.root", "."), "../shared/protocol/fixtures");
  }

  private static List<Value> items(Value array) {
    return ((Value.Arr) array).items();
  }

  private static Value field(Value object, String name) {
    Value value = ((Value.Obj) object).fields().get(name);
    if (value == null) {
      throw new AssertionError("no field " + name);
    }
    return value;
  }

  private static String text(Value object, String name) {
    return ((Value.Str) field(object, name)).value();
  }

  private static String print(Value json) {
    JsonWriter text = new JsonWriter();
    Json.write(json, text);
    return text.finish().toString();
  }
}
