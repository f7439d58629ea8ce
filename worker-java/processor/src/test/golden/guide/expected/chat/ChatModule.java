package chat;

import javax.annotation.processing.Generated;
import lunora.api.AppModule;

/** The documents and functions of {@link Chat}. */
@Generated("lunora.processor.LunoraProcessor")
public final class ChatModule {

  private ChatModule() {}

  /** Makes the module. */
  public static AppModule create() {
    return AppModule.create().table(MessageTable.TABLE).include(MessagesFunctions.MODULE).build();
  }
}
