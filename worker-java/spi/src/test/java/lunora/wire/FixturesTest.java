package lunora.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Value file = fixture("wire-codec.json");
    return Stream.concat(Vectors.roundTrips(file), Vectors.rejections(file));
  }

  @TestFactory
  Stream<DynamicTest> stableWireKey() throws IOException {
    Value file = fixture("stable-wire-key.json");
    return Stream.concat(
        Vectors.keys(file, "cases", "args"), Vectors.keys(file, "typed", "wireArgs"));
  }

  @TestFactory
  Stream<DynamicTest> rpc() throws IOException {
    Value file = fixture("rpc.json");
    return Stream.concat(
        Vectors.each(Vectors.field(file, "request"), "cases", test -> fixedPoint(test, "body")),
        Stream.concat(
            Vectors.each(file, "responseOk", test -> fixedPoint(test, "response")),
            Vectors.each(file, "responseError", test -> fixedPoint(test, "response"))));
  }

  private static void fixedPoint(Value test, String field) {
    Value json = Vectors.field(test, field);
    Assertions.assertEquals(json, WireCodec.encode(WireCodec.decode(json)));
    Assertions.assertEquals(json, Json.read(JsonWriter.print(json)));
  }

  private static Value fixture(String name) throws IOException {
    String given = System.getenv("LUNORA_FIXTURES");
    Path directory =
        given != null
            ? Path.of(given)
            : Path.of(System.getProperty("lunora.root", "."), "../shared/protocol/fixtures");
    Path file = directory.resolve(name).normalize();
    boolean present = Files.isRegularFile(file);
    if (!present) {
      System.out.println("Protocol fixtures are absent, test skipped: " + file);
    }
    Assumptions.assumeTrue(present, () -> "protocol fixtures are absent: " + file);
    return Json.read(Files.readString(file));
  }
}
