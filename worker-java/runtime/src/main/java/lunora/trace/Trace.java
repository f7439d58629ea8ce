package lunora.trace;

import lunora.host.local.RandomSource;
import org.jspecify.annotations.Nullable;

/**
 * Which request something belongs to.
 *
 * @param id of the whole trace, 32 hexadecimal digits; what our lines call {@code trace}
 * @param span of the part that is ours, 16 hexadecimal digits
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
public record Trace(String id, String span) {

  /** The header that carries it, inwards and on to a shard. */
  public static final String HEADER = "traceparent";

  private static final int ID_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** Version, id, span and flags with dashes between them. */
  private static final int HEADER_LENGTH = 55;

  /** A new part of the trace that the header names, or of a new trace where it names none. */
  public static Trace continued(@Nullable String header, RandomSource random) {
    Trace parent = header == null ? null : parse(header);
    byte[] bytes = random.bytes(ID_BYTES + SPAN_BYTES);
    String id = parent == null ? hex(bytes, 0, ID_BYTES) : parent.id();
    return new Trace(id, hex(bytes, ID_BYTES, SPAN_BYTES));
  }

  /** The trace that a header names; null when it is malformed. */
  public static @Nullable Trace parse(String header) {
    boolean formed =
        header.length() == HEADER_LENGTH
            && header.startsWith("00-")
            && header.charAt(35) == '-'
            && header.charAt(52) == '-'
            && isHex(header, 3, 35)
            && isHex(header, 36, 52)
            && isHex(header, 53, 55);
    return formed ? new Trace(header.substring(3, 35), header.substring(36, 52)) : null;
  }

  /** The header's value for whom we ask. */
  public String header() {
    return "00-" + id + "-" + span + "-01";
  }

  private static boolean isHex(String text, int from, int to) {
    boolean zero = to - from > 2;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }

  private static String hex(byte[] bytes, int from, int count) {
    StringBuilder text = new StringBuilder(2 * count);
    for (int i = from; i < from + count; i++) {
      text.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16));
      text.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    return text.toString();
  }
}
