package lunora.operator;

import lunora.host.local.JsonTexts;
import lunora.oplog.Oplog;
import lunora.rpc.ErrorBody;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Builds the frames that tell of watched operations (protocol sections 6.6 and 15.2). */
final class WatchFrames {

  private final JsonTexts texts;
  private final Oplog oplog;

  WatchFrames(JsonTexts texts, Oplog oplog) {
    this.texts = texts;
    this.oplog = oplog;
  }

  private JsonSink head(String type, String id) {
    return texts.sink().raw("{\"type\":\"").raw(type).raw("\",\"id\":").string(id);
  }

  JsonText ack(String id) {
    return head("ack", id).raw("}").finish();
  }

  /** The first result: without an epoch, since nothing is resumed from it. */
  JsonText first(String id, JsonText result) {
    JsonSink sink = head("data", id).raw(",\"data\":").json(result);
    return sink.raw(",\"cursor\":").number(oplog.head()).raw("}").finish();
  }

  /** A later result, or without one that the last is still right. */
  JsonText next(String id, @Nullable JsonText result) {
    JsonSink sink = head(result == null ? "settled" : "data", id);
    if (result != null) {
      sink.raw(",\"data\":").json(result);
    }
    sink.raw(",\"cursor\":").number(oplog.head());
    return sink.raw(",\"epoch\":").string(oplog.epoch()).raw("}").finish();
  }

  /** An error: the code both at the top and inside, as clients read either. */
  JsonText error(String id, ErrorBody body) {
    JsonSink sink = head("error", id).raw(",\"code\":").string(body.error().code());
    sink.raw(",\"message\":").string(String.valueOf(body.error().getMessage()));
    body.write(sink.raw(",\"error\":"));
    return sink.raw("}").finish();
  }
}
