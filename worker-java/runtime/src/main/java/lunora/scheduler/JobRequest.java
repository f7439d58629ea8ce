package lunora.scheduler;

import java.util.Map;
import lunora.api.Backoff;
import lunora.api.FunctionCall;
import lunora.api.JobOptions;
import lunora.api.RetryPolicy;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is asked for: {@code {functionPath, scheduledFor, args?, shardKey?, id?, pool?,
 * maxConcurrency?, retry?}}.
 *
 * @param id null to have one made
 * @param args in wire form, an object
 * @param scheduledMs when it is due, in epoch milliseconds
 */
record JobRequest(
    @Nullable String id, String functionPath, JsonText args, long scheduledMs, JobOptions options) {

  /** The latest time that a job can be due: 15 digits. */
  static final long SCHEDULED_MS_MAX = 999_999_999_999_999L;

  /** The longest arguments, in UTF-16 units of JSON: with 3 bytes each they fit a row. */
  static final int ARGS_UNITS_MAX = 600_000;

  private static final int ID_LENGTH_MAX = 64;
  private static final int NAME_LENGTH_MAX = 512;

  /** A call of a function of the app. */
  static JobRequest of(String id, FunctionCall<?> call, long scheduledMs, JobOptions options) {
    JsonWriter args = new JsonWriter();
    WireCodec.write(call.args(), args);
    return new JobRequest(id, call.path().text(), args.finish(), scheduledMs, options).checked();
  }

  /**
   * Reads a request.
   *
   * @throws LunoraException {@code INVALID_INPUT} that says what is wrong with it, {@code
   *     WORKFLOWS_NOT_CONFIGURED} for a workflow
   */
  static JobRequest read(Value.Obj json) {
    Map<String, Value> fields = json.fields();
    if (fields.containsKey("workflow")) {
      throw new LunoraException(
          ErrorCode.WORKFLOWS_NOT_CONFIGURED, "jobs of this deployment call functions only");
    }
    String functionPath = text(fields, "functionPath");
    if (functionPath == null || functionPath.isEmpty()) {
      throw invalid("a job needs a functionPath");
    }
    if (!(fields.get("scheduledFor") instanceof Value.Num time)) {
      throw invalid("scheduledFor is a time in epoch milliseconds");
    }
    Value args = fields.getOrDefault("args", new Value.Obj(Map.of()));
    if (!(args instanceof Value.Obj)) {
      throw invalid("args of a job are an object");
    }
    boolean whole = time.value() == Math.floor(time.value());
    long scheduledMs = whole ? whole(time) : 0;
    return new JobRequest(
            text(fields, "id"),
            functionPath,
            JsonText.of(JsonWriter.print(args)),
            scheduledMs,
            options(fields))
        .checked();
  }

  private static JobOptions options(Map<String, Value> fields) {
    String pool = text(fields, "pool");
    int size =
        fields.get("maxConcurrency") instanceof Value.Num number
            ? (int) Math.min(Integer.MAX_VALUE, whole(number))
            : 1;
    return new JobOptions(
        text(fields, "shardKey"), pool, pool == null ? 0 : size, retry(fields.get("retry")));
  }

  /** A retry policy on the wire: {@code {maxAttempts?, baseMs?, backoff?, maxMs?}}. */
  static @Nullable RetryPolicy retry(@Nullable Value json) {
    if (!(json instanceof Value.Obj object)) {
      return null;
    }
    RetryPolicy policy = RetryPolicy.DEFAULT;
    if (object.fields().get("maxAttempts") instanceof Value.Num count) {
      policy = policy.withRetries((int) Math.min(Integer.MAX_VALUE, whole(count)));
    }
    if (object.fields().get("baseMs") instanceof Value.Num base) {
      policy = policy.withBaseMs(whole(base));
    }
    if (object.fields().get("maxMs") instanceof Value.Num longest) {
      policy = policy.withMaxMs(whole(longest));
    }
    boolean linear =
        object.fields().get("backoff") instanceof Value.Str kind && kind.value().equals("linear");
    return policy.withBackoff(linear ? Backoff.LINEAR : Backoff.EXPONENTIAL);
  }

  /** A number without its fraction; -1, which nothing here can be, where that is not in range. */
  private static long whole(Value.Num number) {
    // Compiled, a cast of more than a long can hold gives some other number.
    return number.value() >= 0 && number.value() <= SCHEDULED_MS_MAX ? (long) number.value() : -1;
  }

  private static @Nullable String text(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Str text ? text.value() : null;
  }

  private JobRequest checked() {
    if (scheduledMs < 1 || scheduledMs > SCHEDULED_MS_MAX) {
      throw invalid("a job is due at a time from 1970 on, in at most 15 digits of milliseconds");
    }
    if (args.length() > ARGS_UNITS_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "the arguments of a job have at most " + ARGS_UNITS_MAX + " characters of JSON");
    }
    String pool = options.pool();
    if (pool != null && (pool.isEmpty() || pool.length() > NAME_LENGTH_MAX)
        || pool != null && options.poolSize() < 1) {
      throw invalid("a pool has a name and runs at least one job");
    }
    String shardKey = options.shardKey();
    if (shardKey != null && (shardKey.isEmpty() || shardKey.length() > NAME_LENGTH_MAX)) {
      throw invalid("a shard key has 1 to " + NAME_LENGTH_MAX + " characters");
    }
    return this;
  }

  private static LunoraException invalid(String message) {
    return new LunoraException(ErrorCode.INVALID_INPUT, message);
  }

  /**
   * Whether the id is one that a caller may choose: up to 64 letters, digits, {@code _}, {@code -}.
   */
  static boolean isId(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > ID_LENGTH_MAX || id.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean word =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
      if (!word && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** The same under the id. */
  JobRequest withId(String newId) {
    return new JobRequest(newId, functionPath, args, scheduledMs, options);
  }

  /** Writes the request without its outer braces. */
  void writeFields(JsonSink sink) {
    if (id != null) {
      sink.raw("\"id\":").string(id).raw(",");
    }
    sink.raw("\"functionPath\":").string(functionPath);
    sink.raw(",\"args\":").json(args).raw(",\"scheduledFor\":").number(scheduledMs);
    String shardKey = options.shardKey();
    if (shardKey != null) {
      sink.raw(",\"shardKey\":").string(shardKey);
    }
    String pool = options.pool();
    if (pool != null) {
      sink.raw(",\"pool\":").string(pool);
      sink.raw(",\"maxConcurrency\":").number(options.poolSize());
    }
    RetryPolicy retry = options.retry();
    if (retry != null) {
      sink.raw(",\"retry\":");
      write(retry, sink);
    }
  }

  /** Writes a policy as {@link #retry} reads it. */
  static void write(RetryPolicy policy, JsonSink sink) {
    sink.raw("{\"maxAttempts\":").number(policy.retries());
    sink.raw(",\"baseMs\":").number(policy.baseMs());
    sink.raw(",\"backoff\":").string(policy.backoff() == Backoff.LINEAR ? "linear" : "exponential");
    sink.raw(",\"maxMs\":").number(policy.maxMs()).raw("}");
  }
}
