package lunora.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=2-4, 2, 3",
    "bytes=7-, 7, 3",
    "bytes=7-999, 7, 3",
    "bytes=-4, 6, 4",
    "bytes=-99, 0, 10",
    "bytes=10-, 10, 0",
    "bytes=-0, 10, 0"
  })
  void oneRangeOfTenBytes(String header, long offset, long length) {
    assertEquals(new ByteRange(offset, length), ByteRange.of(header, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"})
  void whatIsNoRangeIsLeftAside(String header) {
    assertNull(ByteRange.of(header, 10));
    assertNull(ByteRange.of(null, 10));
  }
}
