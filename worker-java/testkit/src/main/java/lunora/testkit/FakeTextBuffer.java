package lunora.testkit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import lunora.host.remote.TextBuffer;
import lunora.wire.JsonText;

/** A buffer of bytes on the JVM; a lone surrogate becomes U+FFFD, as on the platform. */
final class FakeTextBuffer implements TextBuffer {

  /** Room for the rest of a character that begins within the capacity. */
  private static final int SLACK_BYTES = 3;

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final ByteBuffer bytes;

  FakeTextBuffer(int capacityBytes) {
    bytes = ByteBuffer.allocate(capacityBytes + SLACK_BYTES);
  }

  @Override
  public int put(JsonText text, int from) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(REPLACEMENT);
    CharBuffer units = CharBuffer.wrap(text.toString());
    units.position(from);
    encoder.encode(units, bytes, true);
    return units.position();
  }

  @Override
  public int size() {
    return bytes.position();
  }

  @Override
  public byte[] take(int count) {
    byte[] taken = new byte[count];
    bytes.flip();
    bytes.get(taken);
    bytes.compact();
    return taken;
  }
}
