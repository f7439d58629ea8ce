package lunora.host.inbound;

/**
 * A cron trigger of the deployment fired. The platform does not try again by itself.
 *
 * @param cron the expression as {@code wrangler.jsonc} has it
 * @param scheduledMs when it was due, in epoch milliseconds
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/">Scheduled
 *     handler</a>
 */
public record CronEvent(String cron, long scheduledMs) {}
