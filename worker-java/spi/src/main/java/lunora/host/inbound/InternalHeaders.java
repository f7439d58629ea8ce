package lunora.host.inbound;

import java.util.Set;

/**
 * Which headers are the Worker's alone. Everything under the prefix is, but for what clients of the
 * protocol send (section 3.1).
 */
public final class InternalHeaders {

  /** How the names begin, in lower case. */
  public static final String PREFIX = "x-lunora-";

  /** What clients send under the prefix. */
  public static final Set<String> OF_CLIENTS =
      Set.of(
          "x-lunora-client-id",
          "x-lunora-client-seq",
          "x-lunora-expect-subject",
          "x-lunora-min-seq",
          "x-lunora-mutation-id",
          "x-lunora-shard-key");

  private InternalHeaders() {}

  /** Whether only the Worker may set the header. */
  public static boolean contains(String lowerCaseName) {
    return lowerCaseName.startsWith(PREFIX) && !OF_CLIENTS.contains(lowerCaseName);
  }
}
