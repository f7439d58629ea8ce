package lunora.host.local;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A drained result set: every row at once, read by row and column from 0. A wrong column or type is
 * a programming error.
 */
public interface SqlRows {

  int size();

  boolean isNull(int row, int column);

  String text(int row, int column);

  /** A number; integers beyond 2^53 were rounded by the platform. */
  double number(int row, int column);

  byte[] blob(int row, int column);

  /** Whatever stands there: null, {@link Double}, {@link String} or {@code byte[]}. */
  @Nullable Object key(int row, int column);

  /** A text column that holds JSON, passed on unread. */
  JsonText json(int row, int column);

  /** The JSON array of one column's texts, in row order, joined natively. */
  JsonText jsonArray(int column);

  /**
   * One column's texts, each between {@code before} and {@code after}, in row order, joined
   * natively. What comes out is JSON only as far as the caller makes it so.
   */
  JsonText wrapped(int column, String before, String after);
}
