package lunora.subscription;

import java.util.Map;
import lunora.host.inbound.ShardHandler;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a frame. Never throws: what cannot be read is {@link ClientFrame.Malformed}.
 */
final class ClientFrameReader {

  /** The longest frame read, in UTF-16 units. */
  static final int FRAME_UNITS_MAX = ShardHandler.FRAME_LENGTH_MAX;

  /** A longer name is as none: it has to fit the socket's attachment. */
  private static final int CLIENT_ID_UNITS_MAX = 512;

  private static final Value.Obj NO_ARGS = new Value.Obj(Map.of());

  private ClientFrameReader() {}

  static ClientFrame read(String text) {
    if (text.length() > FRAME_UNITS_MAX) {
      return new ClientFrame.Malformed(null, "frame too large");
    }
    try {
      Value json = Json.read(text);
      if (!(json instanceof Value.Obj object)) {
        return new ClientFrame.Malformed(null, "invalid envelope");
      }
      return object.fields().get("type") instanceof Value.Str type
          ? read(text, type.value(), object.fields())
          : new ClientFrame.Ignored();
    } catch (WireFormatException e) {
      return new ClientFrame.Malformed(null, "invalid envelope");
    }
  }

  private static ClientFrame read(String frame, String type, Map<String, Value> fields) {
    return switch (type) {
      case "connect" -> connect(fields);
      case "subscribe" -> subscribe(fields);
      case "unsubscribe" -> unsubscribe(fields);
      case "shape_subscribe" -> shapeSubscribe(fields);
      case "shape_unsubscribe" -> shapeUnsubscribe(fields);
      case "stream" -> StreamFrameReader.read(fields);
      case "whisper", "whisper_subscribe", "whisper_unsubscribe" -> whisper(frame, type, fields);
      default -> new ClientFrame.Ignored();
    };
  }

  private static ClientFrame connect(Map<String, Value> fields) {
    boolean pageDelta =
        fields.get("caps") instanceof Value.Arr caps
            && caps.items().contains(new Value.Str("pageDelta"));
    Value.Obj context =
        fields.get("context") instanceof Value.Obj object ? decodedContext(object) : null;
    String clientId = text(fields.get("clientId"));
    boolean fits = clientId != null && clientId.length() <= CLIENT_ID_UNITS_MAX;
    return new ClientFrame.Connect(fits ? clientId : null, pageDelta, context);
  }

  /** The context as values; one that does not decode is none. */
  private static Value.@Nullable Obj decodedContext(Value.Obj context) {
    try {
      return (Value.Obj) WireCodec.decode(context);
    } catch (WireFormatException e) {
      return null;
    }
  }

  private static ClientFrame whisper(String frame, String type, Map<String, Value> fields) {
    String topic = text(fields.get("topic"));
    if (topic == null) {
      return new ClientFrame.Ignored();
    }
    return switch (type) {
      case "whisper_subscribe" -> new ClientFrame.WhisperJoin(topic);
      case "whisper_unsubscribe" -> new ClientFrame.WhisperLeave(topic);
      default -> {
        String data = RawMember.find(frame, "data");
        yield new ClientFrame.Whisper(topic, JsonText.of(data == null ? "null" : data));
      }
    };
  }

  private static ClientFrame subscribe(Map<String, Value> fields) {
    String id = text(fields.get("id"));
    if (id == null) {
      return new ClientFrame.Malformed(null, "invalid envelope");
    }
    if (!(fields.get("query") instanceof Value.Obj query)
        || !(query.fields().get("functionPath") instanceof Value.Str path)) {
      return new ClientFrame.Malformed(id, "subscribe needs query.functionPath");
    }
    Value args = query.fields().getOrDefault("args", NO_ARGS);
    if (!(args instanceof Value.Obj object)) {
      return new ClientFrame.Malformed(id, "subscription args must be a plain object");
    }
    return new ClientFrame.Subscribe(id, path.value(), object, since(query.fields()));
  }

  private static ClientFrame.@Nullable Since since(Map<String, Value> query) {
    if (query.get("sinceSeq") instanceof Value.Num cursor) {
      return new ClientFrame.Since(cursor.value(), text(query.get("sinceEpoch")));
    }
    return null;
  }

  private static ClientFrame unsubscribe(Map<String, Value> fields) {
    String id = text(fields.get("id"));
    return id == null
        ? new ClientFrame.Malformed(null, "invalid envelope")
        : new ClientFrame.Unsubscribe(id);
  }

  private static ClientFrame shapeSubscribe(Map<String, Value> fields) {
    String id = text(fields.get("id"));
    if (id == null) {
      return new ClientFrame.Malformed(null, "invalid envelope");
    }
    if (!(fields.get("shape") instanceof Value.Obj shape)
        || !(shape.fields().get("name") instanceof Value.Str name)) {
      return new ClientFrame.Malformed(id, "shape_subscribe needs shape.name");
    }
    Value args = shape.fields().getOrDefault("args", NO_ARGS);
    if (!(args instanceof Value.Obj object)) {
      return new ClientFrame.Malformed(id, "shape args must be a plain object");
    }
    ClientFrame.Since since =
        fields.get("sinceCheckpoint") instanceof Value.Num checkpoint
            ? new ClientFrame.Since(checkpoint.value(), text(fields.get("sinceEpoch")))
            : null;
    return new ClientFrame.ShapeSubscribe(id, name.value(), object, since);
  }

  private static ClientFrame shapeUnsubscribe(Map<String, Value> fields) {
    String id = text(fields.get("id"));
    return id == null
        ? new ClientFrame.Malformed(null, "invalid envelope")
        : new ClientFrame.ShapeUnsubscribe(id);
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Str text ? text.value() : null;
  }
}
