package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a {@link Mutation} or {@link Action} without parameters in the default shard whenever the
 * cron trigger of exactly this expression fires, which {@code wrangler.jsonc} has to list. Each
 * firing is a job of the scheduler: one that fails is tried again, and a trigger that fires twice
 * for the same time is one job.
 *
 * <pre>{@code
 * @Cron("0 3 * * *")
 * @Internal
 * @Mutation
 * static void tidy(MutationContext ctx) { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Cron {

  /** The expression, as the triggers of {@code wrangler.jsonc} have it; in UTC. */
  String value();
}
