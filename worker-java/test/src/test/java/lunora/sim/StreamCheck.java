package lunora.sim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/**
 * Reads durable streams, and decides about their frames: the chunks of one run, each once and in
 * order, across lost connections; interrupted only when there is a reason.
 */
final class StreamCheck {

  private static final int READINGS_MAX = 4;

  /** How often a run of some stream was asked for from its start. */
  private static final class Starts {

    private int count;
  }

  /** A stream that a client reads. */
  static final class Reading {

    private final String id;
    private final Value.Obj query;
    private final int to;
    private final Starts starts;
    private int last;
    private double generation;
    private boolean acked;
    private int excusesAtStart;

    Reading(String id, Value.Obj query, int to, Starts starts) {
      this.id = id;
      this.query = query;
      this.to = to;
      this.starts = starts;
    }

    boolean isAcked() {
      return acked;
    }

    /** The frame that starts it over a new socket, or reads on. */
    String frame() {
      acked = false;
      if (last > 0) {
        return text("sinceChunk", last, "generation", generation);
      }
      generation = 0;
      starts.count++;
      return text();
    }

    private String text(Object... since) {
      Map<String, Value> fields =
          new LinkedHashMap<>(Watch.args("type", "stream", "id", id, "query", query).fields());
      fields.putAll(Watch.args(since).fields());
      return JsonWriter.print(new Value.Obj(fields));
    }
  }

  private final World world;
  private final Sightings seen;
  private final Map<String, Starts> starts = new HashMap<>();
  private final Map<String, String> runs = new HashMap<>();
  private int excuses;
  private int lastId;

  StreamCheck(World world, Sightings seen) {
    this.world = world;
    this.seen = seen;
  }

  /** Begins a stream or cancels one. */
  void step(SimClient client, SplittableRandom dice) {
    int count = client.readings.size();
    if (count == READINGS_MAX || count > 0 && dice.nextInt(4) == 0) {
      Reading reading = client.readings.values().iterator().next();
      end(client, reading);
      client.say("type", "unsubscribe", "id", reading.id);
    } else {
      begin(client, 3 + 3 * dice.nextInt(2), 1 + dice.nextInt(3));
    }
  }

  private void begin(SimClient client, int to, int everyMs) {
    Value.Obj args = Watch.args("to", to, "everyMs", everyMs);
    Value.Obj query = Watch.args("functionPath", "lines:count", "args", args);
    String key = client.namespace() + JsonWriter.print(args);
    lastId++;
    Reading reading =
        new Reading(
            "stream" + lastId, query, to, starts.computeIfAbsent(key, each -> new Starts()));
    reading.excusesAtStart = excuses();
    client.readings.put(reading.id, reading);
    client.queue(reading.frame());
  }

  private static void end(SimClient client, Reading reading) {
    client.readings.remove(reading.id);
    client.ended.add(reading.id);
  }

  /** Runs may have been lost: time or the storage jumped. */
  void excused() {
    excuses++;
    runs.clear();
  }

  private int excuses() {
    return excuses + world.deaths();
  }

  /** Takes in a frame of a stream; false for any other frame. */
  boolean receive(SimClient client, Value.Obj frame) {
    Reading reading =
        frame.fields().get("id") instanceof Value.Str id ? client.readings.get(id.value()) : null;
    if (reading == null) {
      return false;
    }
    String type = frame.fields().get("type") instanceof Value.Str text ? text.value() : "";
    SimClient.Link link = client.link;
    Rule.CURSORS.require(
        type.equals("ack") || reading.acked || type.equals("error") || link != null && link.lossy,
        () -> client + " got at the wrong time: " + frame);
    switch (type) {
      case "ack" -> reading.acked = true;
      case "chunk" -> chunk(client, reading, frame);
      case "complete" -> {
        Rule.CONVERGENCE.require(
            reading.last == reading.to, () -> client + " has " + reading.last + " at the end");
        end(client, reading);
      }
      case "error" -> interrupted(client, reading, frame);
      default -> throw Rule.BOUNDS.broken(client + " was sent " + frame);
    }
    return true;
  }

  private void chunk(SimClient client, Reading reading, Value.Obj frame) {
    double generation = number(frame, "generation");
    double seq = number(frame, "seq");
    Rule.CURSORS.require(
        seq == reading.last + 1
            && generation > 0
            && (reading.generation == 0 || reading.generation == generation),
        () -> client + ", after " + reading.last + " of " + reading.generation + ": " + frame);
    reading.generation = generation;
    reading.last = (int) seq;
    String data = frame.fields().get("data") instanceof Value.Str text ? text.value() : "";
    String run = data.replaceAll(" \\d+$", "");
    String known = runs.putIfAbsent(reading.query + client.namespace() + generation, run);
    Rule.PREFIX.require(
        data.endsWith(" " + reading.last) && (known == null || known.equals(run)),
        () -> client + " got for " + reading.last + " of " + known + ": " + frame);
  }

  /** A client that cannot read on begins anew. */
  private void interrupted(SimClient client, Reading reading, Value.Obj frame) {
    boolean resumed = reading.last > 0;
    // A nameless client's run belongs to its connection when its frames come in another order.
    boolean excused =
        excuses() > reading.excusesAtStart || reading.starts.count > 1 || client.userId.isEmpty();
    Rule.CURSORS.require(
        frame.toString().contains("STREAM_INTERRUPTED") && resumed && excused,
        () -> client + ", after " + reading.last + ": " + frame);
    seen.add("interrupted");
    end(client, reading);
    begin(client, reading.to, everyMs(reading));
  }

  private static int everyMs(Reading reading) {
    Value args = reading.query.fields().get("args");
    return args instanceof Value.Obj object ? (int) number(object, "everyMs") : 0;
  }

  private static double number(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Num number ? number.value() : 0;
  }
}
