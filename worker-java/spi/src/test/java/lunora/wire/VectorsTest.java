package lunora.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our own vectors: each rule of the codec and each way to break it. */
class VectorsTest {

  @TestFactory
  Stream<DynamicTest> roundTrips() throws IOException {
    return Vectors.roundTrips(file());
  }

  @TestFactory
  Stream<DynamicTest> rejections() throws IOException {
    return Vectors.rejections(file());
  }

  @TestFactory
  Stream<DynamicTest> keys() throws IOException {
    return Vectors.keys(file(), "keys", "encoded");
  }

  private static Value file() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.json"))) {
      return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
