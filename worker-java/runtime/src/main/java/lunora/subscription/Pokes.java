package lunora.subscription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.JsonTexts;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.replay.ClientMarks;
import lunora.shape.RowOp;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Sends pokes: to each socket one, with a part for every shape of its that changed; for each shape
 * the rows are written once (protocol section 8).
 */
final class Pokes {

  private final Sockets sockets;
  private final JsonTexts texts;
  private final ClientMarks marks;
  private final Expiry expiry;
  private final PokeFrames frames;
  private final int seedUnitsMax;

  /** {@code seedUnitsMax} is the most that a client is sent at once, in UTF-16 units of rows. */
  Pokes(Sockets sockets, JsonTexts texts, ClientMarks marks, Expiry expiry, int seedUnitsMax) {
    this.seedUnitsMax = seedUnitsMax;
    this.sockets = sockets;
    this.texts = texts;
    this.marks = marks;
    this.expiry = expiry;
    this.frames = new PokeFrames(texts);
  }

  /** What became of one shape's rows. */
  record Change(LiveShape shape, List<RowOp> ops) {}

  /**
   * What came of a poke to many.
   *
   * @param lost the copies that did not get all of it
   * @param gone the connections without a socket
   */
  record Outcome(List<ShapeSubscriber> lost, List<String> gone) {}

  /** One socket, the copies that are told something, and whether it took every frame so far. */
  private static final class Recipient {

    private final Socket socket;
    private final List<ShapeSubscriber> copies = new ArrayList<>();
    private boolean intact = true;

    Recipient(Socket socket) {
      this.socket = socket;
    }
  }

  /** The copies of one shape that stand at the same checkpoint, and the heads of their parts. */
  private static final class Group {

    private final List<Recipient> recipients = new ArrayList<>();
    private final List<JsonText> heads = new ArrayList<>();
  }

  /** One poke to everybody who keeps a copy of what changed, except those who are owed more. */
  Outcome send(List<Change> changes, Position position) {
    Map<String, Recipient> byConnection = new LinkedHashMap<>();
    List<String> gone = new ArrayList<>();
    String pokeId = frames.nextPokeId();
    Map<Change, Map<Long, Group>> groups = new LinkedHashMap<>();
    for (Change change : changes) {
      groups.put(change, groups(change, byConnection, gone));
    }
    List<Recipient> all = new ArrayList<>(byConnection.values());
    if (!all.isEmpty()) {
      long none = ShapeSubscriber.NO_CHECKPOINT;
      sendAll(all, frames.startHead(pokeId, none, position.epoch()));
      for (Map.Entry<Change, Map<Long, Group>> entry : groups.entrySet()) {
        Change change = entry.getKey();
        String table = change.shape().definition().table().name();
        List<JsonText> patches = frames.patches(change.ops(), table);
        for (Map.Entry<Long, Group> group : entry.getValue().entrySet()) {
          sendParts(group.getValue(), pokeId, group.getKey(), patches);
        }
      }
      sendAll(all, frames.endHead(pokeId, position));
    }
    return new Outcome(settle(all, position), gone);
  }

  private Map<Long, Group> groups(
      Change change, Map<String, Recipient> byConnection, List<String> gone) {
    Map<Long, Group> byBase = new HashMap<>();
    for (ShapeSubscriber copy : change.shape().subscribersNow()) {
      if (copy.isOwed()) {
        continue;
      }
      Recipient recipient = byConnection.get(copy.connectionId());
      Socket socket = recipient == null ? socketOf(copy) : rebound(copy, recipient.socket);
      if (socket == null) {
        gone.add(copy.connectionId());
        continue;
      }
      if (recipient == null) {
        recipient = new Recipient(socket);
        byConnection.put(copy.connectionId(), recipient);
      }
      recipient.copies.add(copy);
      Group group = byBase.computeIfAbsent(copy.checkpoint(), base -> new Group());
      group.recipients.add(recipient);
      group.heads.add(copy.partHead(frames));
    }
    return byBase;
  }

  private void sendParts(Group group, String pokeId, long base, List<JsonText> patches) {
    List<JsonText> tails = new ArrayList<>();
    for (JsonText patch : patches) {
      tails.add(frames.partTail(pokeId, base, PokeFrames.Extent.CHANGE, patch));
    }
    sendEach(group.recipients, group.heads, tails);
  }

  private void sendAll(List<Recipient> recipients, JsonText head) {
    sendEach(recipients, Collections.nCopies(recipients.size(), head), List.of(ServerFrames.END));
  }

  private void sendEach(List<Recipient> recipients, List<JsonText> heads, List<JsonText> tails) {
    List<Socket> open = new ArrayList<>();
    for (Recipient recipient : recipients) {
      open.add(recipient.socket);
    }
    boolean[] taken = sockets.sendEach(open, heads, tails);
    for (int i = 0; i < taken.length; i++) {
      recipients.get(i).intact &= taken[i];
    }
  }

  /** Copies move on only when every frame left. */
  private static List<ShapeSubscriber> settle(List<Recipient> recipients, Position position) {
    List<ShapeSubscriber> lost = new ArrayList<>();
    for (Recipient recipient : recipients) {
      if (recipient.intact) {
        recipient.copies.forEach(copy -> copy.setCheckpoint(position.cursor()));
      } else {
        lost.addAll(recipient.copies);
      }
    }
    return lost;
  }

  /**
   * A poke to one client, for one shape, which is sent even when it is empty.
   *
   * @param base what the client has, or {@link ShapeSubscriber#NO_CHECKPOINT} to start over
   * @return whether all of it left
   * @throws LunoraException {@code PAYLOAD_TOO_LARGE} before anything is sent
   */
  boolean seed(
      Socket socket,
      JsonText partHead,
      String table,
      List<RowOp> ops,
      long base,
      Position position) {
    List<JsonText> patches = frames.patches(ops, table);
    checkSize(patches);
    String pokeId = frames.nextPokeId();
    boolean reset = base == ShapeSubscriber.NO_CHECKPOINT;
    boolean intact =
        socket.send(
            texts.concat(frames.startHead(pokeId, base, position.epoch()), ServerFrames.END));
    for (JsonText patch : patches) {
      PokeFrames.Extent extent = reset ? PokeFrames.Extent.RESET : PokeFrames.Extent.CHANGE;
      intact &= socket.send(texts.concat(partHead, frames.partTail(pokeId, base, extent, patch)));
      // Only the first part replaces what the client has; those after it add to it.
      reset = false;
    }
    return socket.send(texts.concat(frames.endHead(pokeId, position), ServerFrames.END)) && intact;
  }

  /** All of it leaves in one turn and waits in memory until it is read. */
  private void checkSize(List<JsonText> patches) {
    long units = 0;
    for (JsonText patch : patches) {
      units += patch.length();
    }
    if (units > seedUnitsMax) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "the rows of the shape are more than " + seedUnitsMax + " UTF-16 units: narrow it");
    }
  }

  JsonText partHead(ShapeSubscriber copy) {
    return copy.partHead(frames);
  }

  /**
   * The copy's open socket, found by its tag after hibernation; null when it is gone, or its
   * identity has expired.
   */
  @Nullable Socket socketOf(ShapeSubscriber copy) {
    Socket bound = copy.socket();
    if (bound == null) {
      List<Socket> open = sockets.tagged(copy.connectionId());
      if (open.isEmpty()) {
        return null;
      }
      bound = open.get(0);
      bind(copy, bound, Connection.of(bound));
    }
    Connection connection = copy.connection();
    return connection != null && expiry.ends(bound, connection) ? null : bound;
  }

  /** The same socket for another copy of its: found and checked before. */
  private Socket rebound(ShapeSubscriber copy, Socket socket) {
    if (copy.socket() == null) {
      bind(copy, socket, Connection.of(socket));
    }
    return socket;
  }

  void bind(ShapeSubscriber copy, Socket socket, Connection connection) {
    ClientMarks.Client client = connection.client();
    copy.bind(socket, connection, client == null ? null : marks.hold(client));
  }
}
