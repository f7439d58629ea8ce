package lunora.stream;

import lunora.host.remote.Timer;

/** Lets other events have their turn while a stream has much to send. */
final class Pace {

  /** Chunks that are sent in one turn. */
  static final int CHUNKS_PER_TURN = 64;

  /** UTF-16 units that are sent in one turn, but for the last chunk. */
  static final int UNITS_PER_TURN = 262_144;

  private final Timer timer;
  private int chunks;
  private int units;

  Pace(Timer timer) {
    this.timer = timer;
  }

  /** A chunk was sent. Suspends when that was enough for one turn. */
  void sent(int chunkUnits) {
    chunks++;
    units += chunkUnits;
    if (chunks >= CHUNKS_PER_TURN || units >= UNITS_PER_TURN) {
      rested();
      timer.sleep(0);
    }
  }

  /** Others had their turn anyhow. */
  void rested() {
    chunks = 0;
    units = 0;
  }
}
