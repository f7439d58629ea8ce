package lunora.stream;

import lunora.host.local.JsonTexts;
import lunora.rpc.ErrorBody;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/**
 * Builds the frames of streams (protocol section 6.6), each of a head that names the stream and a
 * tail that is the same for all who read it.
 */
final class StreamFrames {

  /** The tail of a frame that says nothing else. */
  static final JsonText END = JsonText.of("}");

  private final JsonTexts texts;

  StreamFrames(JsonTexts texts) {
    this.texts = texts;
  }

  /** A fresh sink. */
  JsonSink sink() {
    return texts.sink();
  }

  /** The start of a frame: its type and id, not yet closed. */
  JsonText head(String type, String id) {
    return texts.sink().raw("{\"type\":\"").raw(type).raw("\",\"id\":").string(id).finish();
  }

  JsonText join(JsonText head, JsonText tail) {
    return texts.concat(head, tail);
  }

  JsonText chunkTail(JsonText data) {
    return texts.sink().raw(",\"data\":").json(data).raw("}").finish();
  }

  /** The tail of a chunk of a durable stream. */
  JsonText chunkTail(JsonText data, long number, long generation) {
    JsonSink sink = texts.sink().raw(",\"data\":").json(data).raw(",\"seq\":").number(number);
    return sink.raw(",\"generation\":").number(generation).raw("}").finish();
  }

  /** The tail of an error: the code both at the top and inside, as clients read either. */
  JsonText errorTail(ErrorBody body) {
    JsonSink sink = texts.sink().raw(",\"code\":").string(body.error().code());
    sink.raw(",\"message\":").string(String.valueOf(body.error().getMessage()));
    sink.raw(",\"error\":");
    body.write(sink);
    return sink.raw("}").finish();
  }

  /** The refusal of a path that is not for streams: without a code, as the protocol has it. */
  JsonText notPublic(String id) {
    JsonSink sink = texts.sink().raw("{\"id\":").string(id);
    return sink.raw(",\"message\":\"streams must be public\",\"type\":\"error\"}").finish();
  }
}
