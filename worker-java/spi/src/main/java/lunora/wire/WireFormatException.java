package lunora.wire;

/**
 * JSON or a wire value that breaks the rules of protocol section 2. The sender has to fix it: the
 * message names the rule, for JSON text also the offset, and never quotes the input.
 */
public final class WireFormatException extends RuntimeException {

  /** Which kind of rule was broken. */
  public enum Kind {
    /** The text is not JSON (RFC 8259). */
    SYNTAX,
    /** Containers are nested deeper than {@link Json#DEPTH_MAX} or {@link WireCodec#DEPTH_MAX}. */
    DEPTH,
    /** A tagged array has a wrong payload, or a value has no wire form. */
    VALUE
  }

  private final Kind kind;

  /** A breach of one rule; the message is shown to clients. */
  public WireFormatException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static WireFormatException syntax(String what, int offset) {
    return new WireFormatException(Kind.SYNTAX, what + " at offset " + offset);
  }

  static WireFormatException value(String what) {
    return new WireFormatException(Kind.VALUE, what);
  }

  static WireFormatException tooDeep(int levelMax) {
    return new WireFormatException(Kind.DEPTH, "nested deeper than " + levelMax + " levels");
  }

  /** Which kind of rule was broken. */
  public Kind kind() {
    return kind;
  }
}
