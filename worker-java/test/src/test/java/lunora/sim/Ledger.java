package lunora.sim;

import java.util.HashMap;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What the server has to remember of mutations, by the words of the protocol (section 9). */
final class Ledger {

  private static final long KEPT_MS = 86_400_000;

  /** An answer that was given, and when. */
  record Answer(Value result, long atMs) {}

  /** What has to happen to an id. */
  enum Known {
    NO,
    YES,
    /** Its day is over, or was: the server may have forgotten it, or not yet. */
    PERHAPS
  }

  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, Long> marks = new HashMap<>();
  private long latestMs;

  Ledger copy() {
    Ledger copy = new Ledger();
    copy.answers.putAll(answers);
    copy.marks.putAll(marks);
    copy.latestMs = latestMs;
    return copy;
  }

  /** The clock stands there now. */
  void clock(long nowMs) {
    latestMs = Math.max(latestMs, nowMs);
  }

  Known known(String namespace, String mutationId, long nowMs) {
    Answer answer = answers.get(namespace + " " + mutationId);
    if (answer == null) {
      return Known.NO;
    }
    boolean fresh = answer.atMs() > Math.max(nowMs, latestMs) - KEPT_MS;
    return fresh ? Known.YES : Known.PERHAPS;
  }

  @Nullable Value answer(String namespace, String mutationId) {
    Answer answer = answers.get(namespace + " " + mutationId);
    return answer == null ? null : answer.result();
  }

  void answered(String namespace, String mutationId, Value result, long nowMs) {
    answers.put(namespace + " " + mutationId, new Answer(result, nowMs));
  }

  /** The number of the client's last mutation, 0 before the first. */
  long mark(String client) {
    return marks.getOrDefault(client, 0L);
  }

  void moveMark(String client, long applied) {
    marks.put(client, applied);
  }
}
