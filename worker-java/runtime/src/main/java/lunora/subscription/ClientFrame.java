package lunora.subscription;

import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** A frame a client sends (protocol section 6.5). */
sealed interface ClientFrame {

  /**
   * The client names itself, once, before anything else.
   *
   * @param context what the app's hooks are told, decoded; null for none
   */
  record Connect(@Nullable String clientId, boolean pageDelta, Value.@Nullable Obj context)
      implements ClientFrame {}

  /** Joins a topic of whispers. */
  record WhisperJoin(String topic) implements ClientFrame {}

  /** Leaves a topic of whispers. */
  record WhisperLeave(String topic) implements ClientFrame {}

  /**
   * Says something to everybody else in a topic.
   *
   * @param data the payload as the client wrote it
   */
  record Whisper(String topic, JsonText data) implements ClientFrame {}

  /**
   * Asks for a query's result now and after every change.
   *
   * @param args JSON, not yet decoded
   * @param since what the client has already seen, or null
   */
  record Subscribe(String id, String functionPath, Value.Obj args, @Nullable Since since)
      implements ClientFrame {}

  /**
   * The last cursor a client saw.
   *
   * @param epoch the timeline it belongs to; null when the client never learned it
   */
  record Since(double cursor, @Nullable String epoch) {}

  /** Ends a subscription. */
  record Unsubscribe(String id) implements ClientFrame {}

  /**
   * Asks to keep a copy of a shape.
   *
   * @param args JSON, not yet decoded
   * @param since what the client has, or null
   */
  record ShapeSubscribe(String id, String name, Value.Obj args, @Nullable Since since)
      implements ClientFrame {}

  /** Ends the copy of a shape. */
  record ShapeUnsubscribe(String id) implements ClientFrame {}

  /** Starts a stream, or reads on in one. */
  record Stream(StreamRequest request) implements ClientFrame {}

  /** A frame of a type this server does not act on. */
  record Ignored() implements ClientFrame {}

  /**
   * A frame that cannot be acted on.
   *
   * @param id the subscription it was about, when it said so
   */
  record Malformed(@Nullable String id, String message) implements ClientFrame {}
}
