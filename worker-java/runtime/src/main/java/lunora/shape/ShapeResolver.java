package lunora.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.AppModule;
import lunora.api.Identity;
import lunora.api.ShapeContext;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.query.Policies;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Projection;
import lunora.schema.Table;
import lunora.wire.Value;

/** Finds an app's shapes by name and says what they are for a caller. */
public final class ShapeResolver {

  private final Map<String, ShapeDescriptor<?>> byName = new HashMap<>();
  private final List<Table<?>> tables;
  private final Policies policies;

  public ShapeResolver(AppModule app) {
    this.tables = app.schema().tables();
    this.policies = Policies.of(app);
    for (ShapeDescriptor<?> shape : app.shapes()) {
      byName.put(shape.name(), shape);
    }
  }

  /** Whether the app has any shape. */
  public boolean hasShapes() {
    return !byName.isEmpty();
  }

  /**
   * A shape for one subscription.
   *
   * @param personal whether it asked who is calling
   */
  public record Resolved(ShapeDefinition<?> definition, boolean personal) {}

  /**
   * Resolves a shape.
   *
   * @param args decoded, not yet validated
   * @throws LunoraException {@code SHAPE_NOT_FOUND}, or what the arguments or the shape refuse
   */
  public Resolved resolve(String name, Value.Obj args, Caller caller) {
    ShapeDescriptor<?> shape = byName.get(name);
    if (shape == null) {
      throw new LunoraException(
          ErrorCode.SHAPE_NOT_FOUND, "no shape is named '" + shortened(name) + "'");
    }
    AskedContext context = new AskedContext(caller);
    ShapeDefinition<?> definition = define(shape, args, context);
    return new Resolved(definition, context.asked);
  }

  private static String shortened(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "...";
  }

  private <D> ShapeDefinition<D> define(
      ShapeDescriptor<D> shape, Value.Obj args, AskedContext context) {
    ShapeOf<D> declared = shape.handler().resolve(context, shape.read(args));
    Table<D> table = declared.table();
    if (table.isGlobal()) {
      throw new IllegalArgumentException(
          table.name() + " is global, and a shape has rows of a shard: watch a query instead");
    }
    if (!tables.contains(table)) {
      throw new IllegalArgumentException(
          "table " + table.name() + " is not in the app's module: add it with .table(...)");
    }
    Projection<D> projection = declared.projection();
    if (projection != null) {
      for (Field<D, ?> field : projection.fields()) {
        if (!table.codec().fields().contains(field)) {
          throw new IllegalArgumentException(table.name() + " has no field " + field.name());
        }
      }
    }
    return ShapeDefinition.of(table, effectiveWhere(declared, context), projection);
  }

  /** The rows that one caller gets of a shape: those of it that they may read. */
  private <D> Predicate<D> effectiveWhere(ShapeOf<D> declared, AskedContext context) {
    if (!policies.guard(declared.table())) {
      return declared.where();
    }
    context.asked = true;
    Predicate<D> readable = policies.rules(declared.table(), context).readable();
    return readable == null ? declared.where() : declared.where().and(readable);
  }

  /** Takes note of what the shape asks. */
  private static final class AskedContext implements ShapeContext {

    private final Caller caller;
    private boolean asked;

    AskedContext(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Optional<Identity> auth() {
      asked = true;
      return caller.identity();
    }
  }
}
