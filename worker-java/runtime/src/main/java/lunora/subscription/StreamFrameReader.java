package lunora.subscription;

import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Reads a {@code stream} frame. */
final class StreamFrameReader {

  /** The largest whole number of JavaScript that has no neighbour of the same value. */
  private static final double WHOLE_MAX = 9_007_199_254_740_991.0;

  private StreamFrameReader() {}

  static ClientFrame read(Map<String, Value> fields) {
    if (!(fields.get("id") instanceof Value.Str id)) {
      return new ClientFrame.Malformed(null, "invalid envelope");
    }
    if (!(fields.get("query") instanceof Value.Obj query)
        || !(query.fields().get("functionPath") instanceof Value.Str path)) {
      return new ClientFrame.Malformed(id.value(), "stream needs query.functionPath");
    }
    Value args = query.fields().getOrDefault("args", new Value.Obj(Map.of()));
    if (!(args instanceof Value.Obj object)) {
      return new ClientFrame.Malformed(id.value(), "stream args must be a plain object");
    }
    return new ClientFrame.Stream(
        new StreamRequest(
            id.value(),
            path.value(),
            object,
            whole(fields.get("sinceChunk")),
            whole(fields.get("generation"))));
  }

  /** A whole number that is not negative; anything else is as if it were not there. */
  private static long whole(@Nullable Value value) {
    return value instanceof Value.Num number
            && number.value() >= 0
            && number.value() <= WHOLE_MAX
            && number.value() == Math.floor(number.value())
        ? (long) number.value()
        : 0;
  }
}
