package lunora.subscription;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.replay.ClientMarks;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Brings one new result to all subscribers of a live query: deltas where the subscriber can merge
 * them and they are shorter, the whole result otherwise, {@code settled} where nothing changed
 * (protocol section 7.3).
 */
final class Delivery {

  /** Deltas of one run at most; a result that differs in more rows is sent whole. */
  static final int RUN_MAX = 100;

  private final Sockets sockets;
  private final ServerFrames frames;
  private final ClientMarks marks;
  private final Expiry expiry;

  Delivery(Sockets sockets, ServerFrames frames, ClientMarks marks, Expiry expiry) {
    this.expiry = expiry;
    this.sockets = sockets;
    this.frames = frames;
    this.marks = marks;
  }

  /** Subscribers that get the same frames, and the start of each one's. */
  private static final class Group {

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<JsonText> heads = new ArrayList<>();

    void add(Subscriber subscriber, Socket socket, JsonText head) {
      subscribers.add(subscriber);
      sockets.add(socket);
      heads.add(head);
    }
  }

  /**
   * Sends the result of a run.
   *
   * @param previous the result before, null when it is not known
   * @return the subscribers whose socket is gone
   */
  List<Subscriber> deliver(
      LiveQuery query, @Nullable LiveResult previous, LiveResult next, Position position) {
    List<Subscriber> gone = new ArrayList<>();
    if (previous != null && previous.text().sameAs(next.text())) {
      settle(query, next, position, gone);
    } else {
      change(query, previous, next, position, gone);
    }
    return gone;
  }

  private void settle(LiveQuery query, LiveResult next, Position position, List<Subscriber> gone) {
    Group settled = new Group();
    Group behind = new Group();
    for (Subscriber subscriber : query.subscribers()) {
      Socket socket = socketOf(subscriber, gone);
      if (socket != null && subscriber.isCurrent()) {
        settled.add(subscriber, socket, subscriber.settledHead(frames));
      } else if (socket != null) {
        behind.add(subscriber, socket, subscriber.dataHead(frames));
      }
    }
    send(settled, List.of(frames.positionTail(position)), gone);
    if (!behind.subscribers.isEmpty()) {
      send(behind, List.of(frames.dataTail(next.text(), position)), gone);
    }
  }

  private void change(
      LiveQuery query,
      @Nullable LiveResult previous,
      LiveResult next,
      Position position,
      List<Subscriber> gone) {
    JsonText data = frames.dataTail(next.text(), position);
    List<JsonText> deltas = deltas(query, previous, next, position);
    int deltaUnits = 0;
    for (JsonText delta : deltas) {
      deltaUnits += delta.length();
    }
    Group byDelta = new Group();
    Group byData = new Group();
    for (Subscriber subscriber : query.subscribers()) {
      Socket socket = socketOf(subscriber, gone);
      if (socket == null) {
        continue;
      }
      JsonText dataHead = subscriber.dataHead(frames);
      JsonText deltaHead = subscriber.deltaHead(frames);
      boolean shorter =
          deltaUnits + deltas.size() * deltaHead.length() < data.length() + dataHead.length();
      if (!deltas.isEmpty() && shorter && subscriber.isCurrent() && subscriber.mergesDeltas()) {
        byDelta.add(subscriber, socket, deltaHead);
      } else {
        byData.add(subscriber, socket, dataHead);
      }
    }
    send(byDelta, deltas, gone);
    send(byData, List.of(data), gone);
  }

  /** The tails of a run of deltas; empty when deltas cannot say the difference. */
  private List<JsonText> deltas(
      LiveQuery query, @Nullable LiveResult previous, LiveResult next, Position position) {
    List<JsonText> tails = new ArrayList<>();
    List<RowDelta> deltas = previous == null ? null : ResultDiff.between(previous, next);
    if (deltas != null && deltas.size() <= RUN_MAX) {
      String table = query.deltaTable();
      for (int i = 0; i < deltas.size(); i++) {
        boolean last = i == deltas.size() - 1;
        tails.add(frames.deltaTail(frames.delta(deltas.get(i), table), last ? position : null));
      }
    }
    return tails;
  }

  private void send(Group group, List<JsonText> tails, List<Subscriber> gone) {
    if (group.sockets.isEmpty()) {
      return;
    }
    boolean[] taken = sockets.sendEach(group.sockets, group.heads, tails);
    for (int i = 0; i < taken.length; i++) {
      Subscriber subscriber = group.subscribers.get(i);
      // After a lost frame the next push starts over with the whole result.
      subscriber.setCurrent(taken[i]);
      if (!taken[i] && sockets.tagged(subscriber.connectionId()).isEmpty()) {
        gone.add(subscriber);
      }
    }
  }

  private @Nullable Socket socketOf(Subscriber subscriber, List<Subscriber> gone) {
    Socket socket = socketOf(subscriber);
    if (socket == null) {
      gone.add(subscriber);
    }
    return socket;
  }

  /**
   * The subscriber's open socket, found by its tag after hibernation; null when it is gone, or its
   * identity has expired.
   */
  @Nullable Socket socketOf(Subscriber subscriber) {
    Socket bound = bound(subscriber);
    Connection connection = subscriber.connection();
    return bound != null && connection != null && expiry.ends(bound, connection) ? null : bound;
  }

  private @Nullable Socket bound(Subscriber subscriber) {
    Socket bound = subscriber.socket();
    if (bound != null) {
      return bound;
    }
    List<Socket> open = sockets.tagged(subscriber.connectionId());
    if (open.isEmpty()) {
      return null;
    }
    bind(subscriber, open.get(0), Connection.of(open.get(0)));
    return open.get(0);
  }

  /** Binds a subscriber to its socket, with what the frames to it have to say. */
  void bind(Subscriber subscriber, Socket socket, Connection connection) {
    ClientMarks.Client client = connection.client();
    subscriber.bind(socket, connection, client == null ? null : marks.hold(client));
  }
}
