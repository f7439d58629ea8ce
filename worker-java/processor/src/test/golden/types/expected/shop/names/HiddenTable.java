package shop.names;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Table;

/** Table {@code hidden}, made from {@link Hidden}. */
@Generated("lunora.processor.LunoraProcessor")
public final class HiddenTable {

  /** {@link Hidden#self}. */
  public static final Field<Hidden, Id<Hidden>> SELF =
      Field.of("self", Codecs.<Hidden>id(), Hidden::self);

  /** Index {@code self} of {@link Hidden}. */
  public static final Index<Hidden> SELF_INDEX = Index.on("self", SELF);

  /** Index {@code by_self} of {@link Hidden}. */
  public static final Index<Hidden> BY_SELF = Index.unique("by_self", SELF);

  /** The table of {@link Hidden} documents. */
  public static final Table<Hidden> TABLE =
      Table.<Hidden>named("hidden")
          .field(SELF)
          .index(SELF_INDEX)
          .index(BY_SELF)
          .construct(values -> new Hidden(values.get(SELF)));

  private HiddenTable() {}
}
