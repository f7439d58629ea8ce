package lunora.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import lunora.testkit.FakeCrypto;
import org.junit.jupiter.api.Test;

/** The example that AWS publishes with the algorithm. */
class S3PresignerTest {

  private static final S3Presigner OF_AWS =
      new S3Presigner(
          "examplebucket.s3.amazonaws.com",
          "us-east-1",
          "AKIAIOSFODNN7EXAMPLE",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private static final long NOW_MS = Instant.parse("2013-05-24T00:00:00Z").toEpochMilli();

  @Test
  void signsAsTheDocumentationOfAwsDoes() {
    assertEquals(
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature="
            + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        OF_AWS.presign("GET", "/test.txt", Map.of(), 86_400, NOW_MS, new FakeCrypto()));
  }

  @Test
  void pinsHeadersInTheOrderOfTheirNames() {
    Map<String, String> pinned = Map.of("content-type", "image/png", "content-length", "3");
    String url = OF_AWS.presign("PUT", "/a%20b", pinned, 60, NOW_MS, new FakeCrypto());
    assertEquals(
        "content-length%3Bcontent-type%3Bhost", url.split("SignedHeaders=")[1].split("&")[0]);
  }

  @Test
  void timesAreThoseOfTheCalendar() {
    for (long day = 0; day < 60_000; day += 7) {
      Instant instant = Instant.ofEpochSecond(day * 86_400 + day % 86_399);
      String expected = instant.toString().replace("-", "").replace(":", "");
      assertEquals(expected, BasicTime.of(instant.toEpochMilli()));
    }
  }
}
