package lunora.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.testkit.FakeSocket;
import lunora.testkit.ShapeView;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** One client: who it is, what it watches and the socket it has, with what is under way on it. */
final class SimClient {

  /** A socket and the frames that neither side has got yet. */
  static final class Link {

    final FakeSocket socket;
    final Deque<String> up = new ArrayDeque<>();
    final Deque<String> down = new ArrayDeque<>();

    /** Frames were lost on it although it lives on. */
    boolean lossy;

    Link(FakeSocket socket) {
      this.socket = socket;
    }

    /** The client has stopped reading, or had. */
    boolean stalled;

    boolean wasStalled;

    /** Takes what the server has sent into the pipe. */
    void collect() {
      if (!stalled) {
        down.addAll(socket.drain());
      }
    }

    boolean isQuiet() {
      collect();
      return !lossy && !stalled && up.isEmpty() && down.isEmpty() && socket.isOpen();
    }
  }

  final int number;
  final String userId;
  final String clientId;
  final Map<String, Sub> subs = new LinkedHashMap<>();
  final Map<String, ShapeCheck.Kept> shapes = new LinkedHashMap<>();
  final Map<String, StreamCheck.Reading> readings = new LinkedHashMap<>();
  final ShapeView pokes = new ShapeView();
  final Set<String> ended = new HashSet<>();
  private final boolean mergesDeltas;
  @Nullable Link link;
  long nextSequence = 1;
  long lastMark;
  long lastCommit;
  private int lastSub;

  /**
   * A client.
   *
   * @param userId empty for nobody
   */
  SimClient(int number, String userId, boolean mergesDeltas) {
    this.number = number;
    this.userId = userId;
    this.clientId = "client" + number;
    this.mergesDeltas = mergesDeltas;
  }

  /** Whose mutation ids are told from others'. */
  String namespace() {
    return userId.isEmpty() ? "anon:" + clientId : "user:" + userId;
  }

  /** Whose mutations are numbered. */
  String marksKey() {
    return userId + "/" + clientId;
  }

  void connected(FakeSocket socket) {
    Link opened = new Link(socket);
    link = opened;
    opened.up.add(
        text(
            "type",
            "connect",
            "id",
            "connect",
            "clientId",
            clientId,
            "caps",
            new Value.Arr(mergesDeltas ? List.of(new Value.Str("pageDelta")) : List.of())));
    for (Sub sub : subs.values()) {
      sub.acked = false;
      sub.seeded = false;
      opened.up.add(subscribeFrame(sub));
    }
    pokes.dropped();
    for (ShapeCheck.Kept kept : shapes.values()) {
      kept.seeded = false;
      opened.up.add(shapeFrame(kept));
    }
    for (StreamCheck.Reading reading : readings.values()) {
      opened.up.add(reading.frame());
    }
  }

  /** Whether all that it watches has its first result over the present socket. */
  boolean isSeeded() {
    return seeded().size() == subs.size()
        && shapes.values().stream().allMatch(kept -> kept.seeded)
        && readings.values().stream().allMatch(StreamCheck.Reading::isAcked);
  }

  /** Keeps a copy of a shape from now on. */
  void keep(Watch shape) {
    lastSub++;
    ShapeCheck.Kept kept = new ShapeCheck.Kept("shape" + lastSub, shape);
    shapes.put(kept.id, kept);
    Link open = link;
    if (open != null) {
      open.up.add(shapeFrame(kept));
    }
  }

  /** Ends the copy of a shape. */
  void drop(ShapeCheck.Kept kept) {
    shapes.remove(kept.id);
    ended.add(kept.id);
    say("type", "shape_unsubscribe", "id", kept.id);
  }

  private String shapeFrame(ShapeCheck.Kept kept) {
    ShapeView.Copy copy = pokes.copy(kept.id);
    Value.Obj shape = Watch.args("name", kept.shape.path(), "args", kept.shape.args());
    Double checkpoint = copy.checkpoint();
    String epoch = copy.epoch();
    return checkpoint == null || epoch == null
        ? text("type", "shape_subscribe", "id", kept.id, "shape", shape)
        : text(
            "type",
            "shape_subscribe",
            "id",
            kept.id,
            "shape",
            shape,
            "sinceCheckpoint",
            checkpoint,
            "sinceEpoch",
            epoch);
  }

  Sub watch(Watch watch) {
    lastSub++;
    Sub sub = new Sub("s" + lastSub, watch);
    subs.put(sub.id, sub);
    Link open = link;
    if (open != null) {
      open.up.add(subscribeFrame(sub));
    }
    return sub;
  }

  void end(Sub sub) {
    subs.remove(sub.id);
    ended.add(sub.id);
    say("type", "unsubscribe", "id", sub.id);
  }

  /** Queues a frame, if there is a socket. */
  void say(Object... pairs) {
    queue(text(pairs));
  }

  void queue(String frame) {
    Link open = link;
    if (open != null) {
      open.up.add(frame);
    }
  }

  List<Sub> seeded() {
    List<Sub> seeded = new ArrayList<>();
    for (Sub sub : subs.values()) {
      if (sub.seeded && !sub.acked) {
        seeded.add(sub);
      }
    }
    return seeded;
  }

  static String subscribeFrame(Sub sub) {
    Map<String, Value> query = new LinkedHashMap<>();
    query.put("functionPath", new Value.Str(sub.watch.path()));
    query.put("args", sub.watch.args());
    Double cursor = sub.view.cursor();
    String epoch = sub.view.epoch();
    if (cursor != null && epoch != null) {
      query.put("sinceSeq", new Value.Num(cursor));
      query.put("sinceEpoch", new Value.Str(epoch));
    }
    return text("type", "subscribe", "id", sub.id, "query", new Value.Obj(query));
  }

  private static String text(Object... pairs) {
    return JsonWriter.print(Watch.args(pairs));
  }

  @Override
  public String toString() {
    return clientId + (userId.isEmpty() ? "" : " of " + userId);
  }
}
