package lunora.stream;

import lunora.wire.JsonText;

/** Where a producer's chunks go. */
interface Output {

  /** Takes one chunk. May suspend, while it has no room. */
  void chunk(JsonText data);

  /** Whether nobody wants more. */
  boolean isCancelled();
}
