package lunora.host.inbound;

/**
 * One run of a shard's alarm. Alarms are at least once: a run may come although an earlier one did
 * its work.
 *
 * @param retryCount how many runs failed before this one
 * @param scheduledMs when the alarm was due, in epoch milliseconds
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/#alarm">Alarm
 *     handler</a>
 */
public record AlarmEvent(int retryCount, long scheduledMs) {}
