package lunora.test;

import lunora.api.FunctionCall;
import lunora.error.LunoraException;
import lunora.schema.FieldPath;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** Reads answers by the codec of the call they answer. */
final class Results {

  private static final FieldPath PATH = FieldPath.root("result");

  private Results() {}

  /** Reads an answer from its wire form. Null is how an empty optional answers. */
  static <R extends @Nullable Object> R read(FunctionCall<R> call, Value wire) {
    Value decoded = WireCodec.decode(wire);
    try {
      return call.result().read(decoded, PATH);
    } catch (LunoraException mismatch) {
      if (decoded instanceof Value.Null) {
        return call.result().absent(PATH);
      }
      throw mismatch;
    }
  }
}
