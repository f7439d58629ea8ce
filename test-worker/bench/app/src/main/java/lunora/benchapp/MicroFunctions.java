package lunora.benchapp;

import lunora.api.Functions;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.bridge.host.CfJsonTexts;
import lunora.host.local.JsonTexts;
import lunora.rpc.RpcEnvelope;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;

/**
 * The engine's inner loops, so many times over: clocks stand still inside a Worker, so the caller
 * takes the time. Each answers a sum over what it did, which the caller checks.
 */
@Functions("micro")
public final class MicroFunctions {

  private static final int ROWS = 400;
  private static final int ROWS_SPLICED = 20;

  private static final JsonTexts TEXTS = new CfJsonTexts();
  private static final String ROWS_TEXT = rowsText();
  private static final Value ROWS_VALUE = Json.read(ROWS_TEXT);
  private static final String ENVELOPE =
      "{\"functionPath\":\"messages:send\",\"args\":{\"channel\":\"general\",\"author\":\"Ann\","
          + "\"body\":\"Hello to everybody in here\"}}";

  private MicroFunctions() {}

  /** Reads the body of a call. */
  @Query
  static double envelope(QueryContext ctx, int iterations) {
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      RpcEnvelope read = RpcEnvelope.read(ENVELOPE);
      sum += read.functionPath().length() + read.args().fields().size();
    }
    return sum;
  }

  /** Puts twenty ready rows into one answer. */
  @Query
  static double splice(QueryContext ctx, int iterations) {
    JsonText row = TEXTS.sink().raw(rowText(7)).finish();
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      JsonSink sink = TEXTS.sink().raw("{\"result\":[");
      for (int r = 0; r < ROWS_SPLICED; r++) {
        if (r > 0) {
          sink.raw(",");
        }
        sink.json(row);
      }
      sum += sink.raw("]}").finish().length();
    }
    return sum;
  }

  /** Puts a ready delta into the frame of one subscriber. */
  @Query
  static double frame(QueryContext ctx, int iterations) {
    JsonText head = TEXTS.sink().raw("{\"type\":\"delta\",\"id\":\"list\"").finish();
    JsonText tail = TEXTS.sink().raw(",\"delta\":").raw(rowText(7)).raw("}").finish();
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      sum += TEXTS.concat(head, tail).length();
    }
    return sum;
  }

  /** Reads 400 rows of JSON into values. */
  @Query
  static double parse(QueryContext ctx, int iterations) {
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      sum += ((Value.Arr) Json.read(ROWS_TEXT)).items().size();
    }
    return sum;
  }

  /** Writes 400 rows of values as JSON. */
  @Query
  static double serialise(QueryContext ctx, int iterations) {
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      JsonSink sink = TEXTS.sink();
      Json.write(ROWS_VALUE, sink);
      sum += sink.finish().length();
    }
    return sum;
  }

  private static String rowsText() {
    StringBuilder rows = new StringBuilder("[");
    for (int i = 0; i < ROWS; i++) {
      rows.append(i == 0 ? "" : ",").append(rowText(i));
    }
    return rows.append("]").toString();
  }

  private static String rowText(int i) {
    return "{\"_id\":\"0b6f7a52-44f1-4c1b-9a77-c0de0000"
        + (1000 + i)
        + "\",\"_creationTime\":"
        + (1_790_000_000_000L + i)
        + ",\"channel\":\"channel-"
        + i % 100
        + "\",\"author\":\"author-"
        + i % 10
        + "\",\"body\":\"#"
        + i
        + ": the quick onyx goblin jumps over a lazy dwarf while vexed zebras mend five gloves\"}";
  }
}
