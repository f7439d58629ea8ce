package lunora.wire;

/**
 * The wire form of values (protocol section 2): JSON, with a tagged array {@code
 * ["$lunora.wire$",kind,...]} for everything that JSON lacks.
 *
 * <p><b>Levels.</b> Arrays, objects, maps, sets and errors are containers; the outermost is level 1
 * and each is one level below the container that holds it. A map's keys and values are one level
 * below the map, an error's own properties and its cause one below the error. The JSON arrays that
 * a tag adds do not count, nor does {@code arr}, and scalars, dates, URLs and bytes are no level.
 * Whatever decodes therefore encodes again.
 */
public final class WireCodec {

  /** How deep containers may nest in a value, both ways. */
  public static final int DEPTH_MAX = 64;

  /** The most decimal digits of a big integer, leading zeros included, sign not. */
  public static final int BIGINT_DIGITS_MAX = 1024;

  /** The first element of every tagged array. */
  static final String TAG = "$lunora.wire$";

  private WireCodec() {}

  /**
   * Gives tagged arrays their meaning. Parts without any are returned as they are, not copied.
   * Elements beyond those that a kind defines are ignored; unknown kinds are ordinary arrays.
   *
   * @param json a tree of JSON kinds
   * @throws WireFormatException VALUE when a payload breaks its kind's rule, DEPTH beyond {@link
   *     #DEPTH_MAX}
   */
  public static Value decode(Value json) {
    return WireDecoder.decode(json, 1);
  }

  /**
   * The wire form as a tree of JSON kinds. Parts that are their own wire form are returned as they
   * are. Undefined fields are dropped; a negative zero stays one (JSON text prints it {@code 0}).
   *
   * @throws WireFormatException DEPTH beyond {@link #DEPTH_MAX}, VALUE for what no reader would
   *     accept: a big integer beyond {@link #BIGINT_DIGITS_MAX}, a relative URL, bytes that do not
   *     fill their view
   */
  public static Value encode(Value value) {
    return WireEncoder.encode(value, 1);
  }

  /** Writes the wire form of a value; fails as {@link #encode} does, before anything is written. */
  public static void write(Value value, JsonSink sink) {
    Json.write(encode(value), sink);
  }
}
