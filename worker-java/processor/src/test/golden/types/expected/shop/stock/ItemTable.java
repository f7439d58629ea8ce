package shop.stock;

import javax.annotation.processing.Generated;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Table;

/** Table {@code items}, made from {@link Item}. */
@Generated("lunora.processor.LunoraProcessor")
public final class ItemTable {

  /** {@link Item#name}. */
  public static final Field<Item, String> NAME = Field.of("name", Codecs.STRING, Item::name);

  /** The table of {@link Item} documents. */
  public static final Table<Item> TABLE =
      Table.<Item>named("items").field(NAME).construct(values -> new Item(values.get(NAME)));

  private ItemTable() {}
}
