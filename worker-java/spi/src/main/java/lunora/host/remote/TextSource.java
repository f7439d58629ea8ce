package lunora.host.remote;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Where the body of a long answer comes from. */
@FunctionalInterface
public interface TextSource {

  /** The next piece; null at the end. Asked for when the reader wants more. May suspend. */
  @Nullable JsonText next();
}
