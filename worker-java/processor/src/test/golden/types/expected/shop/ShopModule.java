package shop;

import javax.annotation.processing.Generated;
import lunora.api.AppModule;
import shop.names.HiddenTable;
import shop.names.NamesFunctions;
import shop.stock.ItemTable;
import shop.stock.ItemsFunctions;

/** The documents and functions of {@link Shop}. */
@Generated("lunora.processor.LunoraProcessor")
public final class ShopModule {

  private ShopModule() {}

  /** Makes the module. */
  public static AppModule create() {
    return AppModule.create()
        .table(OrderTable.TABLE)
        .table(HiddenTable.TABLE)
        .table(ItemTable.TABLE)
        .include(NamesFunctions.MODULE)
        .include(ItemsFunctions.MODULE)
        .build();
  }
}
