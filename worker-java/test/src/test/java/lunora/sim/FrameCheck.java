package lunora.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lunora.wire.Json;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Decides about every frame a client gets, and about what it shows when all is quiet. */
final class FrameCheck {

  /** Every note says in its text whose it is. */
  private static final Pattern SECRET = Pattern.compile("secret:(\\w*);");

  private final Timeline timeline;
  private final Ledger[] ledger;
  private final Oracle oracle;
  private final Sightings seen;
  private final ShapeCheck shapes;
  private final StreamCheck streams;
  private final Map<String, Map<Long, Value>> known = new HashMap<>();

  /** A whisper that was said, by its number. */
  record Whisper(String topic, SimClient from) {}

  final Map<Integer, Whisper> whispers = new HashMap<>();

  FrameCheck(
      Timeline timeline, Ledger[] ledger, Oracle oracle, Sightings seen, StreamCheck streams) {
    this.streams = streams;
    this.timeline = timeline;
    this.ledger = ledger;
    this.oracle = oracle;
    this.seen = seen;
    this.shapes = new ShapeCheck(timeline);
  }

  /** Nothing a client reads may be another user's secret. */
  static void isolation(SimClient client, String text) {
    if (!text.contains("secret:")) {
      return;
    }
    Matcher secrets = SECRET.matcher(text);
    while (secrets.find()) {
      Rule.ISOLATION.require(
          secrets.group(1).equals(client.userId), () -> client + " was sent " + text);
    }
  }

  /** The client takes one frame from its socket. */
  void receive(SimClient client, String text) {
    isolation(client, text);
    Value.Obj frame = (Value.Obj) Json.read(text);
    String type = string(frame, "type");
    seen.add(type);
    if (type.equals("whisper")) {
      whispered(client, frame);
      return;
    }
    if (shapes.receive(client, frame) || streams.receive(client, frame)) {
      return;
    }
    String id = string(frame, "id");
    Sub sub = client.subs.get(id);
    if (sub == null) {
      Rule.BOUNDS.require(client.ended.contains(id), () -> client + " was sent " + text);
      return;
    }
    marked(client, frame);
    switch (type) {
      case "ack" -> sub.acked = true;
      case "error" -> refused(client, sub, text);
      case "data", "resume", "delta", "settled" -> shown(client, sub, frame, type);
      default -> throw Rule.BOUNDS.broken(client + " was sent " + text);
    }
  }

  private void whispered(SimClient client, Value.Obj frame) {
    Value data = frame.fields().get("data");
    Whisper said = data instanceof Value.Num n ? whispers.get((int) n.value()) : null;
    Rule.ISOLATION.require(
        said != null
            && said.topic().equals(string(frame, "topic"))
            && said.from() != client
            && said.from().userId.equals(string(frame, "from")),
        () -> client + " heard " + frame);
  }

  private void marked(SimClient client, Value.Obj frame) {
    if (frame.fields().get("lastMutationId") instanceof Value.Num mark) {
      long now = ledger[0].mark(client.marksKey());
      Rule.EXACTLY_ONCE.require(
          mark.value() <= now && mark.value() >= client.lastMark,
          () -> client + " hears of mutation " + mark.value() + " after " + client.lastMark);
      client.lastMark = (long) mark.value();
    }
  }

  private static void refused(SimClient client, Sub sub, String text) {
    Rule.BOUNDS.require(
        sub.watch.path().equals("items:fragile") && text.contains("CONFLICT"),
        () -> client + " was refused: " + text);
    client.subs.remove(sub.id);
    client.ended.add(sub.id);
  }

  private void shown(SimClient client, Sub sub, Value.Obj frame, String type) {
    boolean isSeed = type.equals("data") || type.equals("resume");
    boolean first = sub.acked;
    SimClient.Link link = client.link;
    boolean ackLost = isSeed && link != null && link.lossy;
    Rule.CURSORS.require(
        first ? isSeed : sub.seeded || ackLost, () -> client + " got at the wrong time: " + frame);
    sub.acked = false;
    Double before = sub.view.cursor();
    String epochBefore = sub.view.epoch();
    try {
      sub.view.apply(frame);
    } catch (IllegalStateException e) {
      throw Rule.CURSORS.broken(client + " cannot merge " + frame + ": " + e.getMessage());
    }
    if (!(frame.fields().get("cursor") instanceof Value.Num cursor)) {
      Rule.CURSORS.require(type.equals("delta"), () -> "no cursor in " + frame);
      return;
    }
    timeline.sawEpoch(string(frame, "epoch"));
    if (before != null && !string(frame, "epoch").equals(epochBefore)) {
      seen.add("new epoch");
    } else if (before != null) {
      Rule.CURSORS.require(
          (first || ackLost) ? cursor.value() >= before : cursor.value() > before,
          () ->
              client
                  + ", "
                  + sub.watch
                  + ": "
                  + type
                  + " at "
                  + cursor.value()
                  + " after "
                  + before);
    }
    sub.seeded = true;
    matches(client, sub, type, (long) cursor.value());
  }

  private void matches(SimClient client, Sub sub, String type, long cursor) {
    Rule.PREFIX.require(
        timeline.at(cursor) != null,
        () -> client + ": " + type + " at " + cursor + ", within a commit");
    Value expected = expected(client, sub, cursor);
    if (expected != null && Oracle.same(sub.view.result(), expected)) {
      oracle.pageSeen(sub.view.result());
      return;
    }
    boolean run = type.equals("delta") || type.equals("resume");
    throw (run ? Rule.CURSORS : Rule.PREFIX)
        .broken(
            client
                + ", "
                + sub.watch
                + ": after a "
                + type
                + " at "
                + cursor
                + "\n shows "
                + sub.view.result()
                + "\n not    "
                + expected);
  }

  /** Nothing is under way: the client shows the present, and was told of what concerns it. */
  void atRest(SimClient client) {
    shapes.atRest(client);
    for (Sub sub : client.seeded()) {
      long head = timeline.head();
      Value now = expected(client, sub, head);
      Double cursor = sub.view.cursor();
      if (now == null || cursor == null) {
        continue;
      }
      if (!Oracle.same(sub.view.result(), now)) {
        Rule rule = client.lastCommit > cursor ? Rule.READ_YOUR_WRITES : Rule.CONVERGENCE;
        throw rule.broken(
            client
                + ", "
                + sub.watch
                + ", at "
                + head
                + "\n shows "
                + sub.view.result()
                + "\n not    "
                + now);
      }
      for (long commit : timeline.after(Math.max(cursor.longValue(), sub.checkedUpTo))) {
        Rule.READ_YOUR_WRITES.require(
            !touches(client, sub, commit),
            () -> client + ", " + sub.watch + ", at " + cursor + " never heard of " + commit);
      }
      sub.checkedUpTo = head;
    }
  }

  /** Whether a commit wrote a row of the result, or changed it. */
  private boolean touches(SimClient client, Sub sub, long commit) {
    Value after = expected(client, sub, commit);
    Value before = oracle.evaluate(sub.watch, client.userId, timeline.before(commit));
    if (after == null || before == null) {
      return false;
    }
    if (!Oracle.same(before, after)) {
      return true;
    }
    String text = after.toString();
    return timeline.writtenAt(commit).stream().anyMatch(text::contains);
  }

  private @Nullable Value expected(SimClient client, Sub sub, long cursor) {
    State state = timeline.at(cursor);
    if (state == null) {
      return null;
    }
    String user = sub.watch.isPersonal() ? client.userId : "";
    return known
        .computeIfAbsent(sub.key + user, key -> new HashMap<>())
        .computeIfAbsent(cursor, at -> oracle.evaluate(sub.watch, client.userId, state));
  }

  /** The storage went back: what was known of later cursors is void. */
  void rolledBack() {
    known.clear();
    streams.excused();
  }

  /** The clock jumped: runs of streams may have been kept too long, or not long enough. */
  void excuseStreams() {
    streams.excused();
  }

  private static String string(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Str text ? text.value() : "";
  }
}
