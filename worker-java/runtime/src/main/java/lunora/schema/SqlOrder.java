package lunora.schema;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of SQLite over untyped columns: null, then numbers, then text by UTF-8 bytes, then
 * blobs. Every comparison of keys in Java goes through here, so that memory and database agree.
 */
public final class SqlOrder implements Comparator<@Nullable Object> {

  public static final SqlOrder INSTANCE = new SqlOrder();

  private SqlOrder() {}

  @Override
  public int compare(@Nullable Object a, @Nullable Object b) {
    int rank = rank(a) - rank(b);
    if (rank != 0 || a == null || b == null) {
      return rank;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return numbers(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return text(x, y);
    }
    return blobs((byte[]) a, (byte[]) b);
  }

  private static int rank(@Nullable Object key) {
    if (key == null) {
      return 0;
    }
    if (key instanceof Double) {
      return 1;
    }
    return key instanceof String ? 2 : 3;
  }

  // Not Double.compare: the database holds one zero.
  private static int numbers(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** Compares by code points, which is the order of the UTF-8 bytes. Keys hold no lone halves. */
  static int text(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogateX = Character.isSurrogate(x);
        boolean surrogateY = Character.isSurrogate(y);
        // A surrogate half stands for a code point above every single unit.
        return surrogateX == surrogateY ? x - y : surrogateX ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  private static int blobs(byte[] a, byte[] b) {
    int common = Math.min(a.length, b.length);
    for (int i = 0; i < common; i++) {
      int difference = (a[i] & 0xff) - (b[i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return a.length - b.length;
  }
}
