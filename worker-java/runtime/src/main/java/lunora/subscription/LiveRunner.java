package lunora.subscription;

import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.JsonTexts;
import lunora.query.QueryRunner;
import lunora.query.ReadSet;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Runs a query for those who watch it: with its read set, and its result taken apart into rows. */
final class LiveRunner {

  private final QueryRunner queries;
  private final JsonTexts texts;
  private final int resultUnitsMax;

  LiveRunner(QueryRunner queries, JsonTexts texts, int resultUnitsMax) {
    this.queries = queries;
    this.texts = texts;
    this.resultUnitsMax = resultUnitsMax;
  }

  /** One run: what it gave and what it read. */
  record Run(LiveResult result, ReadSet reads) {}

  Run run(FunctionDescriptor.OfQuery<?> query, Value.Obj args, Caller caller) {
    ReadSet reads = new ReadSet();
    return new Run(run(query, args, caller, reads), reads);
  }

  /** Why a result cannot be sent as one frame, or null when it can. */
  @Nullable LunoraException refusal(LiveResult result) {
    int units = result.text().length();
    if (units <= resultUnitsMax) {
      return null;
    }
    LunoraException tooLong =
        new LunoraException(
            ErrorCode.PAYLOAD_TOO_LARGE,
            "the result has " + units + " characters, a live query's may have " + resultUnitsMax);
    return tooLong.withHint("Ask for less at a time, by a limit or by pages.");
  }

  /** One run; what it read stands in {@code reads} even when it throws. */
  LiveResult run(
      FunctionDescriptor.OfQuery<?> query, Value.Obj args, Caller caller, ReadSet reads) {
    return typed(query, args, caller, reads);
  }

  private <R extends @Nullable Object> LiveResult typed(
      FunctionDescriptor.OfQuery<R> query, Value.Obj args, Caller caller, ReadSet reads) {
    R value = queries.run(query, args, caller, reads);
    return LiveResult.of(value, query.signature().result(), texts);
  }
}
