package lunora.api;

import lunora.schema.Codec;
import lunora.schema.FieldPath;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * One named parameter of a function.
 *
 * @param <V> its type
 */
public final class Param<V extends @Nullable Object> {

  private final String name;
  private final Codec<V> codec;

  private Param(String name, Codec<V> codec) {
    this.name = name;
    this.codec = codec;
  }

  /**
   * Declares a parameter.
   *
   * @throws IllegalArgumentException for {@code __proto__}, which no client can be asked to send
   */
  public static <V extends @Nullable Object> Param<V> of(String name, Codec<V> codec) {
    if (name.isEmpty() || name.equals("__proto__")) {
      throw new IllegalArgumentException("a parameter cannot be named '" + name + "'");
    }
    return new Param<>(name, codec);
  }

  public String name() {
    return name;
  }

  public Codec<V> codec() {
    return codec;
  }

  V read(Value.Obj object, FieldPath parent) {
    Value value = object.fields().get(name);
    FieldPath path = parent.field(name);
    return value == null || value instanceof Value.Undefined
        ? codec.absent(path)
        : codec.read(value, path);
  }
}
