package lunora.rpc;

import lunora.host.inbound.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a client says so that a call it repeats is not carried out twice (protocol section 9).
 *
 * @param mutationId the client's name for the mutation; with it an answer carries the commit cursor
 * @param clientId the client's name for itself
 * @param clientSeq the number of the mutation among the client's, from 1; null when there is none
 */
public record ReplayKey(
    @Nullable String mutationId, @Nullable String clientId, @Nullable Long clientSeq) {

  /** The most digits of a sequence number: beyond, doubles would not tell neighbours apart. */
  private static final int SEQUENCE_DIGITS_MAX = 15;

  /** The key in a request's headers. */
  public static ReplayKey of(HttpRequest request) {
    String clientId = request.header(ShardRequests.CLIENT_ID_HEADER);
    // A number means nothing without the client that counts: one look-up less for most calls.
    Long clientSeq =
        clientId == null ? null : sequence(request.header(ShardRequests.CLIENT_SEQ_HEADER));
    return new ReplayKey(request.header(ShardRequests.MUTATION_ID_HEADER), clientId, clientSeq);
  }

  /** An integer, or null for anything else: the call then counts as one without a number. */
  private static @Nullable Long sequence(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > SEQUENCE_DIGITS_MAX) {
      return null;
    }
    boolean negative = text.charAt(0) == '-' && text.length() > 1;
    long number = 0;
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return negative ? -number : number;
  }

  /** An integral number of a JSON body, or null for anything else. */
  static @Nullable Long sequence(double number) {
    // Not Math.rint: compiled to JavaScript it throws for NaN and the infinities.
    return number == Math.floor(number) && Math.abs(number) < 1e15 ? (long) number : null;
  }
}
