package lunora.example;

import java.util.Optional;
import lunora.api.Action;
import lunora.api.ActionContext;
import lunora.api.Functions;
import lunora.api.Identity;
import lunora.api.Internal;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Range;
import lunora.api.Stream;
import lunora.api.StreamContext;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Functions that try out the system itself. */
@Functions("system")
public final class SystemFunctions {

  private SystemFunctions() {}

  /** Whether anybody is there. */
  @Query
  static String ping(QueryContext ctx) {
    return "pong";
  }

  /** Answers what it was sent, whatever it is. */
  @Query
  static Value echo(QueryContext ctx, Value value) {
    return value;
  }

  /** Who is asking; null for nobody that is known. */
  @Query
  static Optional<Signed> whoami(QueryContext ctx) {
    Optional<Identity> identity = ctx.auth();
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Signed(identity.get().userId(), identity.get().text("role")));
  }

  /**
   * Somebody who is signed in.
   *
   * @param role as their token says, null for none
   */
  public record Signed(String userId, @Nullable String role) {}

  /** Cannot be called from outside. */
  @Internal
  @Query
  static String secretInternal(QueryContext ctx) {
    return "only functions see this";
  }

  /** The HTTP status of a path of this very deployment. */
  @Action
  static int fetchStatus(ActionContext ctx, String path) {
    return ctx.http().get(ctx.ownUrl(path)).status();
  }

  /** Counts from 1, one number every so many milliseconds. */
  @Stream
  static void count(StreamContext<Integer> ctx, int to, @Range(min = 0) Optional<Integer> everyMs) {
    for (int number = 1; number <= to; number++) {
      ctx.emit(number);
      if (everyMs.isPresent() && number < to) {
        ctx.sleep(everyMs.get());
      }
    }
  }

  /** Counts as {@link #count} does, and goes on while its client is away. */
  @Stream(durable = true)
  static void countDurable(
      StreamContext<Integer> ctx, int to, @Range(min = 0) Optional<Integer> everyMs) {
    count(ctx, to, everyMs);
  }
}
