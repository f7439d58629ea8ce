package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one request: what it wrote, by the shard's log, and what it answered. The calls of
 * a batch are gone through in order.
 */
final class CallCheck {

  private final Timeline timeline;
  private final Ledger ledger;
  private final Oracle oracle;
  private final long nowMs;
  private final List<Timeline.Change> changes;
  private final boolean died;
  private boolean stopped;
  private boolean repeated;

  /**
   * A check.
   *
   * @param changes what the log has got with the request
   * @param died whether the process died before it answered
   */
  CallCheck(
      Timeline timeline,
      Ledger ledger,
      Oracle oracle,
      long nowMs,
      List<Timeline.Change> changes,
      boolean died) {
    this.timeline = timeline;
    this.ledger = ledger;
    this.oracle = oracle;
    this.nowMs = nowMs;
    this.changes = new ArrayList<>(changes);
    this.died = died;
  }

  /**
   * Checks one call.
   *
   * @param answer its body, null when there was none
   */
  void call(Op op, Value.@Nullable Obj answer) {
    if (op.isRead) {
      read(op, answer);
    } else if (op.sequence != null) {
      numbered(op, op.sequence, answer);
    } else if (op.mutationId != null) {
      named(op, op.mutationId, answer);
    } else {
      run(op, answer);
    }
  }

  /** Whether a call was one that had been carried out before. */
  boolean repeated() {
    return repeated;
  }

  /** All calls were checked: nothing else may have been written. */
  void end() {
    Rule rule = repeated ? Rule.EXACTLY_ONCE : Rule.ATOMICITY;
    rule.require(changes.isEmpty(), () -> "written beyond what was asked: " + changes);
  }

  private void read(Op op, Value.@Nullable Obj answer) {
    if (answer == null) {
      return;
    }
    Value expected = oracle.evaluate(op.call, op.client.userId, timeline.now());
    if (expected == null) {
      expectRefusal(op, answer, "CONFLICT");
    } else if (!op.call.path().equals("cells:log")) {
      Value result = field(answer, "result");
      Rule.CONVERGENCE.require(
          Oracle.same(result, expected), () -> op + " gave " + result + "\n not " + expected);
      oracle.pageSeen(result);
    }
  }

  private void numbered(Op op, long sequence, Value.@Nullable Obj answer) {
    long mark = ledger.mark(op.client.marksKey());
    if (sequence <= mark) {
      repeated = true;
      expect(op, answer, "lastMutationId", new Value.Num(mark), Rule.EXACTLY_ONCE);
      expect(op, answer, "result", Value.Null.INSTANCE, Rule.EXACTLY_ONCE);
    } else if (sequence > mark + 1) {
      if (answer != null) {
        expectRefusal(op, answer, "OUT_OF_ORDER");
      }
    } else if (run(op, answer) != null) {
      ledger.moveMark(op.client.marksKey(), sequence);
      expect(op, answer, "lastMutationId", new Value.Num(sequence), Rule.EXACTLY_ONCE);
    }
  }

  private void named(Op op, String id, Value.@Nullable Obj answer) {
    Ledger.Known known = ledger.known(op.client.namespace(), id, nowMs);
    if (known == Ledger.Known.PERHAPS) {
      int rows = Truth.predict(op.call, op.client.userId, timeline.now()).effects().size();
      boolean ran = rows > 0 && changes.size() >= rows;
      boolean refused = answer != null && answer.fields().containsKey("error");
      known = ran || refused ? Ledger.Known.NO : Ledger.Known.YES;
    }
    if (known == Ledger.Known.NO) {
      Value result = run(op, answer);
      if (result != null) {
        ledger.answered(op.client.namespace(), id, result, nowMs);
      }
    } else {
      repeated = true;
      Value first = ledger.answer(op.client.namespace(), id);
      expect(op, answer, "result", first, Rule.EXACTLY_ONCE);
    }
    if (answer != null && answer.fields().containsKey("result")) {
      Value head = new Value.Num(timeline.head());
      expect(op, answer, "commitCursor", head, Rule.READ_YOUR_WRITES);
    }
  }

  /** Checks a first run; gives its result, or null when it did not commit. */
  private @Nullable Value run(Op op, Value.@Nullable Obj answer) {
    Truth.Outcome outcome = Truth.predict(op.call, op.client.userId, timeline.now());
    if (outcome.refusal() != null) {
      if (answer != null) {
        expectRefusal(op, answer, outcome.refusal());
      }
      return null;
    }
    int rows = outcome.effects().size();
    if (died && (stopped || changes.isEmpty())) {
      stopped = true;
      return null;
    }
    Rule.EXACTLY_ONCE.require(!changes.isEmpty(), () -> op + " has no effect: " + answer);
    Rule.ATOMICITY.require(changes.size() >= rows, () -> op + " wrote only " + changes);
    List<String> ids = timeline.commit(outcome.effects(), changes.subList(0, rows));
    changes.subList(0, rows).clear();
    Value result = outcome.resultFor(ids);
    // What appends answer is judged by the search for an order.
    if (!op.call.path().startsWith("cells:")) {
      expect(op, answer, "result", result, Rule.CONVERGENCE);
    }
    return result;
  }

  private static void expectRefusal(Op op, Value.Obj answer, String code) {
    Value error = field(answer, "error");
    boolean fits =
        error instanceof Value.Obj body && field(body, "code").equals(new Value.Str(code));
    Rule.ATOMICITY.require(fits, () -> op + " had to be refused with " + code + ", not " + answer);
  }

  private static void expect(
      Op op, Value.@Nullable Obj answer, String name, @Nullable Value value, Rule rule) {
    if (answer != null) {
      rule.require(
          field(answer, name).equals(value),
          () -> op + ": " + name + " " + value + ", not " + answer);
    }
  }

  private static Value field(Value.Obj object, String name) {
    return object.fields().getOrDefault(name, Value.Undefined.INSTANCE);
  }
}
