package lunora.api;

/** Says which rows a shape has for these arguments and this client. Never suspends. */
@FunctionalInterface
public interface ShapeHandler<D> {

  ShapeOf<D> resolve(ShapeContext ctx, Args args);
}
