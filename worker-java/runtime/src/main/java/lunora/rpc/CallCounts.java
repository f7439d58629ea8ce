package lunora.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.JsonSink;

/**
 * How often each function of a shard was called since it woke, and how often that failed. Counted
 * in memory: nothing of it outlives the object. Never suspends.
 */
public final class CallCounts {

  private final Map<String, Count> byPath = new LinkedHashMap<>();
  private final long sinceMs;
  private int answeredBefore;

  /** Counts from now on. */
  public CallCounts(long nowMs) {
    this.sinceMs = nowMs;
  }

  private static final class Count {
    private int calls;
    private int errors;
  }

  /** A call of a function that there is. */
  public void called(String path) {
    of(path).calls++;
  }

  /** A call that failed; those of functions that there are not are counted together. */
  public void failed(String path, boolean known) {
    of(known ? path : "").errors++;
  }

  /** A call whose answer was still good from before. */
  public void answeredBefore() {
    answeredBefore++;
  }

  private Count of(String path) {
    Count count = byPath.get(path);
    if (count == null) {
      count = new Count();
      byPath.put(path, count);
    }
    return count;
  }

  /** Writes {@code "requests","errors","cache","sinceMs","functions"}, without braces. */
  public void write(JsonSink sink) {
    int calls = answeredBefore;
    int errors = 0;
    for (Count count : byPath.values()) {
      calls += count.calls;
      errors += count.errors;
    }
    sink.raw("\"requests\":").number(calls).raw(",\"errors\":").number(errors);
    sink.raw(",\"cache\":{\"hits\":").number(answeredBefore);
    sink.raw("},\"sinceMs\":").number(sinceMs).raw(",\"functions\":");
    writeFunctions(sink);
  }

  /** Writes the functions that were called, as an array. */
  public void writeFunctions(JsonSink sink) {
    sink.raw("[");
    String before = "{\"path\":";
    for (Map.Entry<String, Count> each : byPath.entrySet()) {
      sink.raw(before).string(each.getKey());
      sink.raw(",\"calls\":").number(each.getValue().calls);
      sink.raw(",\"errors\":").number(each.getValue().errors).raw("}");
      before = ",{\"path\":";
    }
    sink.raw("]");
  }

  /** Since when is counted, in epoch milliseconds. */
  public long sinceMs() {
    return sinceMs;
  }
}
