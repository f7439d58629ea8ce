package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Checks that what clients were told about each cell fits one order of their calls. */
final class CellOrder {

  private int begunAt;
  private State begunWith = State.EMPTY;

  /** Checks the calls up to now. */
  void check(List<Op> ops) {
    for (String key : List.of("x", "y")) {
      Row cell = Truth.cell(begunWith, key);
      String begun = cell == null ? "" : cell.text("log");
      List<OrderSearch.Call> calls = new ArrayList<>();
      for (Op op : ops) {
        OrderSearch.Call call = op.answeredAt < begunAt ? null : call(op, key);
        // What the storage went back to holds it already: only its answer was late.
        boolean before = call != null && call.append() != null && begun.contains(call.append());
        if (call != null && !before) {
          calls.add(call);
        }
      }
      Rule.LINEARIZABILITY.require(
          OrderSearch.exists(begun, calls),
          () -> "no order of " + key + " from " + begun + " on explains " + calls);
    }
  }

  /** The storage went back: what was not answered so far may still run from this state on. */
  void restart(State state, int now) {
    begunWith = state;
    begunAt = now;
  }

  private OrderSearch.@Nullable Call call(Op op, String key) {
    if (op.refused || !op.call.path().startsWith("cells:")) {
      return null;
    }
    boolean reads = op.call.path().equals("cells:log");
    boolean moves = op.call.path().equals("cells:move");
    boolean other = moves && op.call.text("other").equals(key);
    if (op.call.path().equals("cells:count")
        || op.call.path().equals("cells:appendThenFail")
        || !(other || op.call.text("key").equals(key))) {
      return null;
    }
    // The first of two appends answers nothing of its own.
    boolean tells = (!moves || other) && op.result instanceof Value.Str;
    String result = tells && op.result instanceof Value.Str text ? text.value() : null;
    // A number that was used before is answered like one that was applied: it tells nothing.
    int until = op.sequence != null && op.result == null ? Integer.MAX_VALUE : op.answeredAt;
    return new OrderSearch.Call(
        Math.max(op.invokedAt, begunAt), until, reads ? null : op.call.text("text"), result);
  }
}
