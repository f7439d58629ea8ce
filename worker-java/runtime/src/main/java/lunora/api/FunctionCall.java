package lunora.api;

import lunora.schema.Codec;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * A call that has not been made yet: which function, with which arguments. The processor generates
 * a method that makes one for each function ({@code MessagesFunctions.send("general", "ann",
 * "hi")}).
 *
 * @param path the function
 * @param args its arguments, decoded
 * @param result how to read the answer
 * @param <R> what it answers
 */
public record FunctionCall<R extends @Nullable Object>(
    FunctionPath path, Value.Obj args, Codec<R> result) {

  /** Starts a call of the function. */
  public static <R extends @Nullable Object> Builder<R> of(FunctionDescriptor<R> function) {
    return new Builder<>(function.signature());
  }

  /** Collects arguments. */
  public static final class Builder<R extends @Nullable Object> {

    private final FunctionDescriptor.Signature<R> signature;
    private final JsonWriter json = new JsonWriter();
    private String before = "{";

    private Builder(FunctionDescriptor.Signature<R> signature) {
      this.signature = signature;
    }

    /** Sets an argument. */
    public <V extends @Nullable Object> Builder<R> with(Param<V> param, V value) {
      if (!param.codec().leftOut(value)) {
        json.raw(before).string(param.name()).raw(":");
        param.codec().write(value, json);
        before = ",";
      }
      return this;
    }

    public FunctionCall<R> build() {
      json.raw(before.equals("{") ? "{}" : "}");
      Value args = WireCodec.decode(Json.read(json.finish().toString()));
      return new FunctionCall<>(signature.path(), (Value.Obj) args, signature.result());
    }
  }
}
