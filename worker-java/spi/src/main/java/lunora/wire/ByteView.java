package lunora.wire;

import org.jspecify.annotations.Nullable;

/** The JavaScript constructors that bytes may name, and what they ask of the length. */
final class ByteView {

  /** What bytes without a view are; never written. */
  static final String DEFAULT = "Uint8Array";

  private ByteView() {}

  /** The view to keep: null for the default one and for names that JavaScript does not know. */
  static @Nullable String known(String name) {
    return elementSizeBytes(name) == 0 || name.equals(DEFAULT) ? null : name;
  }

  /** Refuses bytes that are not a whole number of the view's elements. */
  static void checkLength(int lengthBytes, @Nullable String view) {
    if (view != null && lengthBytes % elementSizeBytes(view) != 0) {
      throw WireFormatException.value("bytes do not fill a " + view);
    }
  }

  private static int elementSizeBytes(String name) {
    return switch (name) {
      case "ArrayBuffer", "Int8Array", DEFAULT, "Uint8ClampedArray" -> 1;
      case "Int16Array", "Uint16Array" -> 2;
      case "Int32Array", "Uint32Array", "Float32Array" -> 4;
      case "Float64Array", "BigInt64Array", "BigUint64Array" -> 8;
      default -> 0;
    };
  }
}
