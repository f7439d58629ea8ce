package lunora.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.testkit.ShapeView;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Decides about pokes: after each, a copy is the shape's rows at the poke's checkpoint. */
final class ShapeCheck {

  /** A shape that a client keeps a copy of. */
  static final class Kept {

    final String id;
    final Watch shape;
    boolean seeded;
    @Nullable Double checkpoint;

    Kept(String id, Watch shape) {
      this.id = id;
      this.shape = shape;
    }
  }

  private final Timeline timeline;

  ShapeCheck(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Takes in a frame of a poke, or the ack of a shape; false for any other frame. */
  boolean receive(SimClient client, Value.Obj frame) {
    Kept acked =
        frame.fields().get("id") instanceof Value.Str id ? client.shapes.get(id.value()) : null;
    if (acked != null) {
      Rule.BOUNDS.require(
          new Value.Str("ack").equals(frame.fields().get("type")),
          () -> client + " was refused: " + frame);
      acked.seeded = true;
      return true;
    }
    boolean poke;
    try {
      poke = client.pokes.apply(frame);
    } catch (IllegalStateException e) {
      throw Rule.CURSORS.broken(client + " cannot apply " + frame + ": " + e.getMessage());
    }
    if (poke && frame.fields().get("checkpoint") instanceof Value.Num checkpoint) {
      client.shapes.values().forEach(kept -> moved(client, kept, checkpoint.value(), frame));
    }
    return poke;
  }

  private void moved(SimClient client, Kept kept, double checkpoint, Value.Obj frame) {
    ShapeView.Copy copy = client.pokes.copy(kept.id);
    Double now = copy.checkpoint();
    if (now == null || now != checkpoint || now.equals(kept.checkpoint)) {
      return;
    }
    kept.checkpoint = now;
    timeline.sawEpoch(String.valueOf(copy.epoch()));
    State state = timeline.at((long) checkpoint);
    Rule.PREFIX.require(state != null, () -> client + ", within a commit: " + frame);
    if (state != null) {
      Map<String, Value> expected = rows(kept.shape, client.userId, state);
      Rule.CURSORS.require(
          copy.rows().equals(expected),
          () ->
              client
                  + ", "
                  + kept.shape
                  + ": after "
                  + frame
                  + "\n holds "
                  + copy.rows()
                  + "\n not   "
                  + expected);
    }
  }

  /** Nothing is under way: every copy is the present. */
  void atRest(SimClient client) {
    for (Kept kept : client.shapes.values()) {
      if (kept.seeded) {
        Map<String, Value> expected = rows(kept.shape, client.userId, timeline.now());
        Map<String, Value> held = client.pokes.copy(kept.id).rows();
        Rule.CONVERGENCE.require(
            held.equals(expected),
            () -> client + ", " + kept.shape + "\n holds " + held + "\n not   " + expected);
      }
    }
  }

  /** The rows of a shape by id, as they travel. */
  private static Map<String, Value> rows(Watch shape, String userId, State state) {
    Map<String, Value> rows = new LinkedHashMap<>();
    for (Row row : state.rows(shape.path().equals("mine") ? "notes" : "items")) {
      boolean in =
          switch (shape.path()) {
            case "ofList" -> row.text("list").equals(shape.text("list"));
            case "fromRank" -> row.number("rank") >= shape.number("rank");
            default -> row.text("owner").equals(userId);
          };
      if (in) {
        rows.put(row.id(), shape.path().equals("ofList") ? cut(row) : row.wire());
      }
    }
    return rows;
  }

  private static Value cut(Row row) {
    return Watch.args("_id", row.id(), "rank", row.number("rank"), "text", row.text("text"));
  }
}
