package lunora.sim;

import java.nio.charset.StandardCharsets;

/**
 * Clients that stop reading: what waits for them is bounded, and they come back by their cursor.
 */
final class SlowClients {

  private static final int CLOSE_CODE = 4008;

  private final Faults faults;
  private final Sightings seen;

  SlowClients(Faults faults, Sightings seen) {
    this.faults = faults;
    this.seen = seen;
  }

  /** The client reads no more. */
  static void stall(SimClient client) {
    SimClient.Link link = client.link;
    if (link != null && link.socket.isOpen()) {
      link.collect();
      link.stalled = true;
      link.wasStalled = true;
      link.socket.stall();
    }
  }

  /** The client reads on: all that waited, and perhaps that it was closed meanwhile. */
  void readOn(SimClient client) {
    SimClient.Link link = client.link;
    if (link == null || !link.stalled) {
      return;
    }
    link.stalled = false;
    link.socket.readOn();
    faults.down(client, Integer.MAX_VALUE);
    if (link.socket.closeCode() == CLOSE_CODE) {
      seen.add("slow consumer");
      faults.connect(client, true);
    }
  }

  /** No more waits for a client than may, and nobody is closed who reads. */
  static void bounded(SimClient client) {
    SimClient.Link link = client.link;
    if (link == null) {
      return;
    }
    Rule.BOUNDS.require(
        link.wasStalled || link.socket.closeCode() != CLOSE_CODE,
        () -> client + " is no slow consumer");
    if (link.stalled) {
      // One longer frame does not count, and the last was taken while there was room.
      int longest =
          link.socket.frames().stream()
              .mapToInt(frame -> frame.getBytes(StandardCharsets.UTF_8).length)
              .max()
              .orElse(0);
      Rule.BOUNDS.require(
          link.socket.bufferedBytes() <= World.OUTBOUND_BYTES + 2L * longest,
          () -> link.socket.bufferedBytes() + " bytes wait for " + client);
    }
  }
}
