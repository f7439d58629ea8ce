package lunora.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lunora.api.FunctionCall;
import lunora.error.LunoraException;
import lunora.testkit.ClientView;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its client sees it: the result so far, deltas merged in, and the frames that
 * brought it.
 *
 * <p>Frames arrive as soon as a call returns. Each of the methods looks at the frames that no
 * method looked at before.
 *
 * @param <R> what the query answers
 */
public final class LiveQuery<R extends @Nullable Object> {

  private final TestConnection connection;
  private final String id;
  private final FunctionCall<R> call;
  private final ClientView view = new ClientView();
  private final Deque<Frame> unseen = new ArrayDeque<>();
  private @Nullable Frame seed;

  LiveQuery(TestConnection connection, String id, FunctionCall<R> call) {
    this.connection = connection;
    this.id = id;
    this.call = call;
  }

  /**
   * The result as it stands, with every frame that arrived.
   *
   * @throws LunoraException when the subscription ended with an error
   */
  public R current() {
    List<Frame> frames = take();
    for (Frame frame : frames) {
      if (frame.type().equals("error")) {
        throw refusal(frame);
      }
    }
    return Results.read(call, view.result());
  }

  /** The next frame; an {@link AssertionError} when there is none. */
  public Frame nextFrame() {
    connection.receive();
    Frame next = unseen.poll();
    if (next == null) {
      throw new AssertionError("no frame arrived for " + call.path());
    }
    return next;
  }

  /** Nothing arrived that changes the result: at most {@code settled}. */
  public void expectUnchanged() {
    List<Frame> frames = take();
    if (frames.stream().anyMatch(frame -> frame.changes() || frame.type().equals("error"))) {
      throw new AssertionError(call.path() + " changed: " + frames);
    }
  }

  /** Nothing arrived at all: what was written does not concern this query. */
  public void expectNothing() {
    List<Frame> frames = take();
    if (!frames.isEmpty()) {
      throw new AssertionError(call.path() + " got frames: " + frames);
    }
  }

  /** How the last subscribe was answered: {@code data} or {@code resume}. */
  public Frame seed() {
    if (seed == null) {
      throw new IllegalStateException("not subscribed yet");
    }
    return seed;
  }

  /** Ends the subscription. */
  public void unsubscribe() {
    connection.unsubscribe(this);
    unseen.clear();
  }

  /** The connection it runs over. */
  public TestConnection connection() {
    return connection;
  }

  /** How far it has seen; null before the first frame that says so. */
  public @Nullable Double cursor() {
    return view.cursor();
  }

  @Nullable String epoch() {
    return view.epoch();
  }

  String id() {
    return id;
  }

  FunctionCall<R> call() {
    return call;
  }

  void received(Frame frame) {
    view.apply(frame.json());
    unseen.add(frame);
  }

  /** Checks the answer to a subscribe: an ack, then data, resume or the refusal. */
  void seeded() {
    List<Frame> frames = new ArrayList<>(unseen);
    unseen.clear();
    Frame last = frames.isEmpty() ? null : frames.get(frames.size() - 1);
    if (last != null && last.type().equals("error")) {
      throw refusal(last);
    }
    boolean acknowledged = frames.size() > 1 && frames.get(frames.size() - 2).type().equals("ack");
    if (last == null
        || !acknowledged
        || !(last.type().equals("data") || last.type().equals("resume"))) {
      throw new AssertionError("expected an ack and a result, got " + frames);
    }
    seed = last;
  }

  private List<Frame> take() {
    connection.receive();
    List<Frame> frames = new ArrayList<>(unseen);
    unseen.clear();
    return frames;
  }

  private static LunoraException refusal(Frame frame) {
    if (frame.json().fields().get("error") instanceof Value.Obj error) {
      return TestResponse.refusal(error, 0);
    }
    throw new AssertionError("an error without a body: " + frame);
  }
}
