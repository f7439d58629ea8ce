package lunora.subscription;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.JsonTexts;
import lunora.replay.ClientMark;
import lunora.shape.RowOp;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;

/**
 * Builds the frames of pokes (protocol section 8). A part is cut in two: a head that names the
 * subscription and a tail that is the same for all subscribers of the shape.
 */
final class PokeFrames {

  /**
   * The longest list of row operations in one part, in UTF-16 units: at most 900,000 bytes whatever
   * the characters are. A row that is longer by itself is a part of its own.
   */
  static final int PART_UNITS_MAX = 300_000;

  private final JsonTexts texts;
  private long pokes;

  PokeFrames(JsonTexts texts) {
    this.texts = texts;
  }

  /** An id for the next poke, new since the shard woke. */
  String nextPokeId() {
    pokes++;
    return "poke-" + pokes;
  }

  /** The first frame of a poke, but for its end. */
  JsonText startHead(String pokeId, long base, String epoch) {
    JsonSink sink = texts.sink().raw("{\"type\":\"pokeStart\",\"pokeId\":").string(pokeId);
    if (base != ShapeSubscriber.NO_CHECKPOINT) {
      sink.raw(",\"baseCheckpoint\":").number(base);
    }
    return sink.raw(",\"epoch\":").string(epoch).finish();
  }

  /** The last frame of a poke, but for its end. */
  JsonText endHead(String pokeId, Position position) {
    JsonSink sink = texts.sink().raw("{\"type\":\"pokeEnd\",\"pokeId\":").string(pokeId);
    sink.raw(",\"checkpoint\":").number(position.cursor());
    return sink.raw(",\"epoch\":").string(position.epoch()).finish();
  }

  JsonText partHead(String shapeId, long lastMutationId) {
    JsonSink sink = texts.sink().raw("{\"type\":\"pokePart\",\"shapeId\":").string(shapeId);
    if (lastMutationId != ClientMark.NONE) {
      sink.raw(",\"lastMutationId\":").number(lastMutationId);
    }
    return sink.finish();
  }

  /** How a part relates to what the client has. */
  enum Extent {
    /** It changes it. */
    CHANGE(""),
    /** It replaces it. */
    RESET(",\"reset\":true");

    private final String member;

    Extent(String member) {
      this.member = member;
    }
  }

  /**
   * The rest of a part.
   *
   * @param base the checkpoint it builds on, or {@link ShapeSubscriber#NO_CHECKPOINT}
   * @param ops the list of row operations, as {@link #patches} gives it
   */
  JsonText partTail(String pokeId, long base, Extent extent, JsonText ops) {
    JsonSink sink = texts.sink().raw(",\"pokeId\":").string(pokeId);
    if (base != ShapeSubscriber.NO_CHECKPOINT) {
      sink.raw(",\"baseCheckpoint\":").number(base);
    }
    return sink.raw(extent.member).raw(",\"rowsPatch\":").json(ops).raw("}").finish();
  }

  /**
   * The operations as lists, each short enough for one part; one empty list when there are none.
   */
  List<JsonText> patches(List<RowOp> ops, String table) {
    JsonText tableText = texts.sink().raw(",\"table\":").string(table).finish();
    List<JsonText> patches = new ArrayList<>();
    JsonSink patch = texts.sink().raw("[");
    int units = 0;
    for (RowOp op : ops) {
      JsonText text = op(op, tableText);
      if (units > 0 && units + text.length() > PART_UNITS_MAX) {
        patches.add(patch.raw("]").finish());
        patch = texts.sink().raw("[");
        units = 0;
      }
      patch.raw(units == 0 ? "" : ",").json(text);
      units += text.length() + 1;
    }
    patches.add(patch.raw("]").finish());
    return patches;
  }

  private JsonText op(RowOp op, JsonText table) {
    JsonSink sink = texts.sink().raw("{\"op\":\"").raw(op.kind().onWire()).raw("\",\"key\":");
    sink.string(op.id()).json(table);
    JsonText value = op.value();
    if (value != null) {
      sink.raw(",\"value\":").json(value);
    }
    return sink.raw("}").finish();
  }
}
