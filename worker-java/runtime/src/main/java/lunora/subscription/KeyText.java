package lunora.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Index keys as one text for a hash table: different lists give different texts. */
final class KeyText {

  private KeyText() {}

  static String of(List<@Nullable Object> keys) {
    if (keys.isEmpty()) {
      return "";
    }
    if (keys.size() == 1 && keys.get(0) instanceof String text) {
      // The common case, without a copy. The letters below are others.
      return "s".concat(text);
    }
    StringBuilder joined = new StringBuilder();
    for (Object key : keys) {
      append(joined, key);
    }
    return joined.toString();
  }

  private static void append(StringBuilder joined, @Nullable Object key) {
    if (key == null) {
      joined.append("-;");
    } else if (key instanceof Double number) {
      // One zero, as in the database.
      joined.append('d').append(number == 0 ? 0 : Double.doubleToLongBits(number)).append(';');
    } else if (key instanceof String text) {
      joined.append('t').append(text.length()).append(':').append(text);
    } else {
      byte[] bytes = (byte[]) key;
      joined.append('b').append(bytes.length).append(':');
      for (byte each : bytes) {
        joined.append((char) (each & 0xff));
      }
    }
  }
}
