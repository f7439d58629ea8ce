package lunora.api;

import java.util.Map;
import lunora.error.LunoraException;
import lunora.wire.Value;

/** How a queue's consumer says when a message is to come again. */
public final class RetryLater {

  /** The code of the refusal. */
  public static final String CODE = "RETRY_LATER";

  /** Where in the refusal's data the delay stands, in seconds. */
  public static final String DELAY_SECONDS = "delaySeconds";

  private RetryLater() {}

  /** A refusal to be thrown: the message comes again after that many seconds, 0 to 86,400. */
  public static LunoraException after(int seconds) {
    Value delay = new Value.Obj(Map.of(DELAY_SECONDS, new Value.Num(seconds)));
    return new LunoraException(CODE, 503, "the message is to come again in " + seconds + " s")
        .withData(delay);
  }
}
