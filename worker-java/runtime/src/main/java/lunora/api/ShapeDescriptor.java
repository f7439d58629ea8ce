package lunora.api;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value;

/**
 * A shape of an app: its name, parameters and body.
 *
 * @param name by which clients subscribe; without a module
 * @param <D> the document whose rows it has
 */
public record ShapeDescriptor<D>(String name, List<Param<?>> params, ShapeHandler<D> handler) {

  /** Starts a shape. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Validates a subscription's decoded arguments. */
  public Args read(Value.Obj args) {
    return Args.read(params, args);
  }

  /** Collects a shape's parts. */
  public static final class Builder {

    private final String name;
    private final List<Param<?>> params = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a parameter. */
    public Builder param(Param<?> param) {
      params.add(param);
      return this;
    }

    /** Finishes the shape with what says its rows. */
    public <D> ShapeDescriptor<D> shape(ShapeHandler<D> handler) {
      return new ShapeDescriptor<>(name, List.copyOf(params), handler);
    }
  }
}
