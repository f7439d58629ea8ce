package lunora.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The protocol's own fixtures. They are not part of this repository: they are read from {@code
 * LUNORA_FIXTURES}, else from beside it, and the tests are skipped where there are none.
 */
class FixturesTest {

  @TestFactory
  Stream<DynamicTest> wireCodec() throws IOException {
    return tests(
        "wire-codec.json",
        file -> Stream.concat(Vectors.roundTrips(file), Vectors.rejections(file)));
  }

  @TestFactory
  Stream<DynamicTest> stableWireKey() throws IOException {
    return tests(
        "stable-wire-key.json",
        file ->
            Stream.concat(
                Vectors.keys(file, "cases", "args"), Vectors.keys(file, "typed", "wireArgs")));
  }

  @TestFactory
  Stream<DynamicTest> rpcRequests() throws IOException {
    return tests(
        "rpc.json",
        file ->
            Vectors.each(
                Vectors.field(file, "request"), "cases", test -> fixedPoint(test, "body")));
  }

  @TestFactory
  Stream<DynamicTest> rpcResponses() throws IOException {
    return tests(
        "rpc.json",
        file ->
            Stream.concat(
                Vectors.each(file, "responseOk", test -> fixedPoint(test, "response")),
                Vectors.each(file, "responseError", test -> fixedPoint(test, "response"))));
  }

  private static void fixedPoint(Value test, String field) {
    Value json = Vectors.field(test, field);
    Assertions.assertEquals(json, WireCodec.encode(WireCodec.decode(json)));
    Assertions.assertEquals(json, Json.read(JsonWriter.print(json)));
  }

  private static Stream<DynamicTest> tests(
      String name, Function<Value, Stream<DynamicTest>> ofFixture) throws IOException {
    Path file = directory().resolve(name).normalize();
    if (Files.isRegularFile(file)) {
      return ofFixture.apply(Json.read(Files.readString(file)));
    }
    String reason = "protocol fixtures are absent, tests skipped: " + file;
    System.out.println(reason);
    return Stream.of(DynamicTest.dynamicTest(name, () -> Assumptions.assumeTrue(false, reason)));
  }

  private static Path directory() {
    String given = System.getenv("LUNORA_FIXTURES");
    return given != null
        ? Path.of(given)
        : Path.of(System.getProperty("lunora.root", "."), "../shared/protocol/fixtures");
  }
}
