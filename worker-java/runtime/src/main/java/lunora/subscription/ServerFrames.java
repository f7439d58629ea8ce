package lunora.subscription;

import lunora.host.local.JsonTexts;
import lunora.replay.ClientMark;
import lunora.rpc.ErrorBody;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Builds the frames a server sends (protocol section 6.6).
 *
 * <p>A frame for many subscribers is cut in two: a head that names the subscription, made once for
 * each subscriber, and a tail that is the same for all.
 */
final class ServerFrames {

  private final JsonTexts texts;

  /** The end of every frame that is cut in two. */
  static final JsonText END = JsonText.of("}");

  ServerFrames(JsonTexts texts) {
    this.texts = texts;
  }

  /** The start of every frame of a subscription: its type and id, not yet closed. */
  JsonText head(String type, String id) {
    return texts.sink().raw("{\"type\":\"").raw(type).raw("\",\"id\":").string(id).finish();
  }

  /** The same, with the number of the client's last mutation unless there is none. */
  JsonText head(String type, String id, long lastMutationId) {
    if (lastMutationId == ClientMark.NONE) {
      return head(type, id);
    }
    JsonSink sink = texts.sink().raw("{\"type\":\"").raw(type).raw("\",\"id\":").string(id);
    return sink.raw(",\"lastMutationId\":").number(lastMutationId).finish();
  }

  JsonText ack(String id) {
    return texts.concat(head("ack", id), END);
  }

  JsonText dataTail(JsonText result, Position position) {
    JsonSink sink = texts.sink().raw(",\"data\":").json(result);
    return close(sink, position);
  }

  /** The end of one delta of a run; only the last of a run carries the position. */
  JsonText deltaTail(JsonText delta, @Nullable Position position) {
    JsonSink sink = texts.sink().raw(",\"delta\":").json(delta);
    return position == null ? sink.raw("}").finish() : close(sink, position);
  }

  /** The end of a frame that carries nothing but the position: settled, resume. */
  JsonText positionTail(Position position) {
    return close(texts.sink(), position);
  }

  private static JsonText close(JsonSink sink, Position position) {
    return sink.raw(",\"cursor\":")
        .number(position.cursor())
        .raw(",\"epoch\":")
        .string(position.epoch())
        .raw("}")
        .finish();
  }

  /** One changed row: {@code {"key","op","row"?,"table"}}. */
  JsonText delta(RowDelta delta, String table) {
    JsonSink sink = texts.sink().raw("{\"key\":").string(delta.id());
    sink.raw(",\"op\":\"").raw(delta.op()).raw("\"");
    JsonText row = delta.row();
    if (row != null) {
      sink.raw(",\"row\":").json(row);
    }
    return sink.raw(",\"table\":").string(table).raw("}").finish();
  }

  /** A whisper up to its end; the payload goes out as it came in. */
  JsonText whisper(String topic, JsonText data, @Nullable String from) {
    JsonSink sink = texts.sink().raw("{\"type\":\"whisper\",\"topic\":").string(topic);
    sink.raw(",\"data\":").json(data);
    if (from != null) {
      sink.raw(",\"from\":").string(from);
    }
    return sink.finish();
  }

  /** An error about a subscription: the code both at the top and inside, as clients read either. */
  JsonText error(@Nullable String id, ErrorBody body) {
    JsonSink sink = texts.sink().raw("{\"type\":\"error\"");
    if (id != null) {
      sink.raw(",\"id\":").string(id);
    }
    sink.raw(",\"code\":").string(body.error().code());
    sink.raw(",\"message\":").string(String.valueOf(body.error().getMessage()));
    sink.raw(",\"error\":");
    body.write(sink);
    return sink.raw("}").finish();
  }

  /** The refusal of an operator's subscription: without a code, as the protocol has it. */
  JsonText adminsOnly(String id) {
    JsonSink sink = texts.sink().raw("{\"id\":").string(id);
    sink.raw(",\"message\":").string("admin subscription requires admin authorization");
    return sink.raw(",\"type\":\"error\"}").finish();
  }

  /** An error about a frame as a whole. */
  JsonText refusal(String message) {
    return texts.sink().raw("{\"message\":").string(message).raw(",\"type\":\"error\"}").finish();
  }
}
