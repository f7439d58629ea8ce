package lunora.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The copies of shapes that one client keeps over one socket, by the protocol's rules (section 8):
 * parts are held back until their poke ends. Stricter than a client: what would make one start over
 * is an {@link IllegalStateException}.
 */
public final class ShapeView {

  /** One copy. */
  public static final class Copy {

    private Map<String, Value> rows = new LinkedHashMap<>();
    private @Nullable Double checkpoint;
    private @Nullable String epoch;

    /** The rows by id, as they stand on the wire. */
    public Map<String, Value> rows() {
      return rows;
    }

    /** How far it got, or null before the first poke. */
    public @Nullable Double checkpoint() {
      return checkpoint;
    }

    /** The timeline of the checkpoint. */
    public @Nullable String epoch() {
      return epoch;
    }
  }

  private record Part(
      String shapeId, Value.Arr patch, @Nullable Value base, boolean reset, Value.Obj frame) {}

  private final Map<String, Copy> copies = new HashMap<>();
  private final Map<String, List<Part>> open = new HashMap<>();
  private @Nullable String startEpoch;

  /** The copy of a subscription; an empty one before its first poke. */
  public Copy copy(String shapeId) {
    return copies.computeIfAbsent(shapeId, id -> new Copy());
  }

  /** The socket is gone: pokes that have not ended never will. */
  public void dropped() {
    open.clear();
  }

  /** Takes in a frame of a poke; false for any other frame. */
  public boolean apply(Value.Obj frame) {
    String type = text(field(frame, "type"));
    switch (type) {
      case "pokeStart" -> {
        open.put(text(field(frame, "pokeId")), new ArrayList<>());
        startEpoch = text(field(frame, "epoch"));
      }
      case "pokePart" -> {
        List<Part> parts = open.get(text(field(frame, "pokeId")));
        if (parts != null) {
          parts.add(part(frame));
        }
      }
      case "pokeEnd" -> end(frame);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Part part(Value.Obj frame) {
    return new Part(
        text(field(frame, "shapeId")),
        (Value.Arr) field(frame, "rowsPatch"),
        frame.fields().get("baseCheckpoint"),
        Value.Bool.TRUE.equals(frame.fields().get("reset")),
        frame);
  }

  private void end(Value.Obj frame) {
    List<Part> parts = open.remove(text(field(frame, "pokeId")));
    if (parts == null) {
      // Its start was lost: clients leave it alone.
      return;
    }
    String epoch = text(field(frame, "epoch"));
    if (!epoch.equals(startEpoch)) {
      throw new IllegalStateException("a poke of two epochs: " + frame);
    }
    Map<String, Map<String, Value>> changed = new LinkedHashMap<>();
    for (Part part : parts) {
      Copy copy = copy(part.shapeId());
      Map<String, Value> rows = changed.get(part.shapeId());
      if (part.reset()) {
        rows = new LinkedHashMap<>();
      } else if (rows == null) {
        expectBase(copy, part, epoch);
        rows = new LinkedHashMap<>(copy.rows);
      }
      patch(rows, part.patch());
      changed.put(part.shapeId(), rows);
    }
    changed.forEach(
        (shapeId, rows) -> {
          Copy copy = copy(shapeId);
          copy.rows = rows;
          copy.checkpoint = ((Value.Num) field(frame, "checkpoint")).value();
          copy.epoch = epoch;
        });
  }

  private static void expectBase(Copy copy, Part part, String epoch) {
    Double checkpoint = copy.checkpoint;
    boolean follows =
        part.base() == null || checkpoint == null || part.base().equals(new Value.Num(checkpoint));
    if (!follows || (copy.epoch != null && !copy.epoch.equals(epoch))) {
      throw new IllegalStateException(
          "does not follow " + checkpoint + " of " + copy.epoch + ": " + part.frame());
    }
  }

  private static void patch(Map<String, Value> rows, Value.Arr patch) {
    for (Value each : patch.items()) {
      Value.Obj op = (Value.Obj) each;
      String key = text(field(op, "key"));
      switch (text(field(op, "op"))) {
        case "delete" -> rows.remove(key);
        case "insert" -> {
          if (rows.put(key, field(op, "value")) != null) {
            throw new IllegalStateException("insert of a row that is there: " + op);
          }
        }
        case "update" -> rows.put(key, field(op, "value"));
        default -> throw new IllegalStateException("unknown operation: " + op);
      }
    }
  }

  private static String text(Value value) {
    return ((Value.Str) value).value();
  }

  private static Value field(Value.Obj object, String name) {
    Value value = object.fields().get(name);
    if (value == null) {
      throw new IllegalStateException("no field " + name + " in " + object);
    }
    return value;
  }
}
