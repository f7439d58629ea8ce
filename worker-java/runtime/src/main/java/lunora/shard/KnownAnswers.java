package lunora.shard;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.query.TableMarks;
import org.jspecify.annotations.Nullable;

/**
 * Answers of queries by the text of the call, for as long as no table that they read is written:
 * the same text then gets the same answer without being read. In memory only; what was not asked
 * for longest makes room (docs/LIMITS.md).
 */
final class KnownAnswers {

  /** Longer calls are not looked up, in UTF-16 units: they are mutations, mostly. */
  static final int CALL_UNITS_MAX = 1024;

  /** Longer answers are not kept. */
  static final int ANSWER_UNITS_MAX = 262_144;

  /** Of all calls and answers together. */
  static final int TOTAL_UNITS_MAX = 2_097_152;

  /**
   * What an entry counts besides its texts. More than it takes: there are to be few enough for
   * texts that somebody made with equal hashes.
   */
  private static final int ENTRY_UNITS = 1024;

  private final Map<String, Known> byCall = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * How many there are of each length: most calls are told unknown without a hash of their text.
   */
  private final int[] byLength = new int[CALL_UNITS_MAX + 1];

  private int totalUnits;

  /** An answer and what it rests on. */
  private record Known(HttpResponse.Json answer, TableMarks marks, int units) {}

  /** The answer to the same call, if it would be the same now. */
  HttpResponse.@Nullable Json find(String call) {
    if (call.length() > CALL_UNITS_MAX || byLength[call.length()] == 0) {
      return null;
    }
    Known known = byCall.get(call);
    if (known == null) {
      return null;
    }
    if (!known.marks.hold()) {
      forget(call);
      return null;
    }
    return known.answer;
  }

  /** Keeps an answer, unless it is not one for the next who asks or takes too much room. */
  void put(String call, HttpResponse.Json answer, TableMarks marks) {
    int units = call.length() + answer.body().length() + ENTRY_UNITS;
    if (call.length() > CALL_UNITS_MAX || units > ANSWER_UNITS_MAX || !marks.hold()) {
      return;
    }
    forget(call);
    byCall.put(call, new Known(answer, marks, units));
    byLength[call.length()]++;
    totalUnits += units;
    while (totalUnits > TOTAL_UNITS_MAX) {
      forget(byCall.keySet().iterator().next());
    }
  }

  private void forget(String call) {
    Known known = byCall.remove(call);
    if (known != null) {
      totalUnits -= known.units;
      byLength[call.length()]--;
    }
  }
}
