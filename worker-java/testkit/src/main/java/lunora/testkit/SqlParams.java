package lunora.testkit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Binds parameters as the platform does: JavaScript has one kind of number, so every number is
 * bound as REAL, and only the affinity of a column makes an INTEGER of it.
 */
final class SqlParams {

  private static final long SAFE_INTEGER_MAX = 1L << 53;

  /** What reading back the three bytes of a lone surrogate gives on the platform. */
  private static final String LONE_SURROGATE = "\uFFFD\uFFFD\uFFFD";

  private SqlParams() {}

  static void check(@Nullable Object[] params) {
    for (Object param : params) {
      boolean known =
          param == null
              || param instanceof String
              || param instanceof JsonText
              || param instanceof Integer
              || param instanceof Double
              || param instanceof byte[];
      if (!known && !(param instanceof Long)) {
        throw new IllegalArgumentException("cannot bind a " + param.getClass().getName());
      }
      if (param instanceof Long number
          && (number > SAFE_INTEGER_MAX || number < -SAFE_INTEGER_MAX)) {
        throw new IllegalArgumentException("cannot bind " + number + ": beyond 2^53");
      }
    }
  }

  static void bind(PreparedStatement statement, @Nullable Object[] params) throws SQLException {
    int wanted = statement.getParameterMetaData().getParameterCount();
    if (wanted != params.length) {
      throw new SqlFailure(
          "Wrong number of parameter bindings: " + params.length + " given, " + wanted + " needed");
    }
    for (int i = 0; i < params.length; i++) {
      bind(statement, i + 1, params[i]);
    }
  }

  private static void bind(PreparedStatement statement, int position, @Nullable Object param)
      throws SQLException {
    if (param instanceof byte[] bytes) {
      statement.setBytes(position, bytes);
    } else if (param instanceof Number number) {
      bindNumber(statement, position, number.doubleValue());
    } else if (param == null) {
      statement.setNull(position, Types.NULL);
    } else {
      statement.setString(position, wellFormed(param.toString()));
    }
  }

  private static void bindNumber(PreparedStatement statement, int position, double number)
      throws SQLException {
    if (Double.isNaN(number)) {
      statement.setNull(position, Types.NULL);
    } else {
      statement.setDouble(position, number);
    }
  }

  /** The text as it would be read back: JDBC alone would make a question mark of the surrogate. */
  static String wellFormed(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      boolean lone = Character.isSurrogate(c) && !pair;
      if (lone && out == null) {
        out = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (out != null) {
        out.append(lone ? LONE_SURROGATE : text.substring(i, pair ? i + 2 : i + 1));
      }
      i += pair ? 1 : 0;
    }
    return out == null ? text : out.toString();
  }
}
