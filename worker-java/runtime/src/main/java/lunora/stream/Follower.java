package lunora.stream;

import lunora.host.local.SqlRows;
import lunora.host.remote.Background;
import lunora.wire.JsonText;

/**
 * A client that follows a durable stream. One that is level with it gets each chunk as it comes;
 * one that is behind reads from the store, as fast as it takes what it gets, and so holds up
 * neither the stream nor the memory.
 */
final class Follower implements Background.Task {

  /** UTF-16 units that are read at once, but for the last chunk. */
  private static final long BATCH_UNITS = 262_144;

  private final Run run;
  private final RunStore store;
  private final Reading reading;
  private final StreamTools tools;
  private long last;
  private double units;
  private boolean level;

  /**
   * @param last the number of the last chunk that the client has
   */
  Follower(Run run, long last, RunStore store, Reading reading, StreamTools tools) {
    this.run = run;
    this.last = last;
    this.units = store.unitsUpTo(run, last);
    this.store = store;
    this.reading = reading;
    this.tools = tools;
  }

  boolean isOpen() {
    return reading.isOpen();
  }

  /** Sends what there is, then what comes. */
  void begin() {
    if (last == run.last() && run.ending() == null) {
      level = true;
    } else {
      catchUp();
    }
  }

  private void catchUp() {
    level = false;
    tools.background().start(this);
  }

  /** The run has a new chunk. */
  void chunk(JsonText chunkTail) {
    if (!level) {
      return;
    }
    if (reading.isFarBehind()) {
      catchUp();
    } else if (reading.send(chunkTail)) {
      last = run.last();
      units = run.units();
    }
  }

  /** The run is over. */
  void ended() {
    Ending ending = run.ending();
    if (level && ending != null) {
      reading.end(ending);
    }
  }

  @Override
  public void run() {
    while (reading.isOpen() && last < run.last()) {
      reading.awaitRoom();
      if (run.isDiscarded()) {
        throw Failures.interrupted("the stream was started anew meanwhile");
      }
      sendBatch();
      reading.timer().sleep(0);
    }
    level = true;
    ended();
  }

  private void sendBatch() {
    SqlRows rows = store.chunks(run, last, units + BATCH_UNITS, Pace.CHUNKS_PER_TURN);
    if (rows.size() == 0) {
      throw new IllegalStateException("chunk " + (last + 1) + " of " + run.last() + " is missing");
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!reading.send(tools.frames().chunkTail(rows.json(i, 0), last + 1, run.generation()))) {
        return;
      }
      last++;
      units = rows.number(i, 1);
    }
  }

  @Override
  public void failed(Throwable failure) {
    reading.end(Ending.error(tools.failures().tail(run.key().path(), failure)));
  }
}
