package lunora.example;

import lunora.api.App;

/** The chat. {@code ChatModule} is generated from what this compilation declares. */
@App
public final class Chat {

  private Chat() {}
}
