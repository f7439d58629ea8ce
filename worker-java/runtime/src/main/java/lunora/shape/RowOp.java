package lunora.shape;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One row of a shape as a poke tells of it.
 *
 * @param kind insert, update or delete
 * @param value the row as clients get it; null for a delete
 */
public record RowOp(Kind kind, String id, @Nullable JsonText value) {

  /** What became of the row. */
  public enum Kind {
    INSERT("insert"),
    UPDATE("update"),
    DELETE("delete");

    private final String onWire;

    Kind(String onWire) {
      this.onWire = onWire;
    }

    /** Its name in a frame. */
    public String onWire() {
      return onWire;
    }
  }
}
