package lunora.testkit;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.QueueMessage;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.WireFormatException;

/** A message that remembers what became of it. */
public final class FakeQueueMessage implements QueueMessage {

  /** What became of a message. */
  public enum Outcome {
    NONE,
    ACKED,
    RETRIED
  }

  private final String id;
  private final long sentMs;
  private final int attempts;
  private final String body;
  private Outcome outcome = Outcome.NONE;
  private int delaySeconds;

  /** A message whose body may be no JSON. */
  public FakeQueueMessage(String id, long sentMs, int attempts, String body) {
    this.id = id;
    this.sentMs = sentMs;
    this.attempts = attempts;
    this.body = body;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long sentMs() {
    return sentMs;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public JsonText body() {
    try {
      Json.read(body);
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "a message that is no JSON");
    }
    return JsonText.of(body);
  }

  @Override
  public void ack() {
    if (outcome == Outcome.NONE) {
      outcome = Outcome.ACKED;
    }
  }

  @Override
  public void retry(int afterSeconds) {
    if (afterSeconds < 0 || afterSeconds > DELAY_SECONDS_MAX) {
      throw new IllegalArgumentException("a delay of " + afterSeconds + " s");
    }
    if (outcome == Outcome.NONE) {
      outcome = Outcome.RETRIED;
      delaySeconds = afterSeconds;
    }
  }

  /** What was sent, JSON or not. */
  String rawBody() {
    return body;
  }

  /** What became of it so far. */
  public Outcome outcome() {
    return outcome;
  }

  /** How long a retry is put off. */
  public int delaySeconds() {
    return delaySeconds;
  }
}
