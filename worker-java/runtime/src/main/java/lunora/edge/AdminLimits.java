package lunora.edge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;

/**
 * How often the admin plane may be asked, as one isolate of the Worker counts it: by whoever is let
 * in, and by each address that tries in vain. Never suspends.
 *
 * <p>Who brings the token is never held up by the failures of others at the same address: nobody
 * locks operators out.
 */
final class AdminLimits {

  /** Calls of operators at once, and then in each second. */
  static final int CALLS = 500;

  private static final int CALLS_PER_SECOND = 50;

  /** Failures of one address at once; then one more every three seconds. */
  static final int FAILURES = 20;

  private static final double FAILURES_PER_SECOND = 1.0 / 3;
  private static final int ADDRESSES_MAX = 1_000;

  private final Allowance calls = new Allowance(CALLS, CALLS_PER_SECOND);
  private final Map<String, Allowance> failures = new LinkedHashMap<>();

  /** So many at once, filled up again at a steady rate. */
  private static final class Allowance {

    private final double most;
    private final double perMs;
    private double left;
    private long filledMs;

    Allowance(double most, double perSecond) {
      this.most = most;
      this.perMs = perSecond / 1_000;
      this.left = most;
    }

    boolean take(long nowMs) {
      left = Math.min(most, left + Math.max(0, nowMs - filledMs) * perMs);
      filledMs = nowMs;
      boolean any = left >= 1;
      left -= any ? 1 : 0;
      return any;
    }

    void giveBack() {
      left = Math.min(most, left + 1);
    }
  }

  /**
   * Counts a call of an operator's.
   *
   * @throws LunoraException {@code TOO_MANY_REQUESTS}
   */
  void called(long nowMs) {
    if (!calls.take(nowMs)) {
      throw tooMany();
    }
  }

  /**
   * Counts a try of somebody who has no token.
   *
   * @throws LunoraException {@code TOO_MANY_REQUESTS}: nothing else is looked at
   */
  void tried(HttpRequest request, long nowMs) {
    String address = address(request);
    Allowance allowance = failures.get(address);
    if (allowance == null) {
      if (failures.size() >= ADDRESSES_MAX) {
        Iterator<String> oldest = failures.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      allowance = new Allowance(FAILURES, FAILURES_PER_SECOND);
      failures.put(address, allowance);
    }
    if (!allowance.take(nowMs)) {
      throw tooMany();
    }
  }

  /** A try was none in vain: somebody was let in without the token. */
  void letIn(HttpRequest request) {
    Allowance allowance = failures.get(address(request));
    if (allowance != null) {
      allowance.giveBack();
    }
  }

  /** Where the request comes from, as Cloudflare says; empty on a local machine. */
  static String address(HttpRequest request) {
    String address = request.header("cf-connecting-ip");
    return address == null ? "" : address;
  }

  private static LunoraException tooMany() {
    return new LunoraException(
        ErrorCode.TOO_MANY_REQUESTS, "too many requests of the admin plane: wait a minute");
  }
}
