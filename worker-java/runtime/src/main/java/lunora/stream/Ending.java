package lunora.stream;

import lunora.wire.JsonText;

/**
 * How a stream ended, as its last frame says it.
 *
 * @param type {@code complete} or {@code error}
 * @param tail the frame but for its type and id
 */
record Ending(String type, JsonText tail) {

  static final Ending COMPLETE = new Ending("complete", StreamFrames.END);

  static Ending error(JsonText tail) {
    return new Ending("error", tail);
  }
}
