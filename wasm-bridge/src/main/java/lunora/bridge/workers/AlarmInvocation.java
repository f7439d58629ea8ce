package lunora.bridge.workers;

/**
 * One run of an alarm.
 *
 * @param retryCount how many runs failed before this one
 * @param isRetry whether any did
 * @param scheduledMs when the alarm was due, in epoch milliseconds
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/#alarm">Alarm
 *     handler</a>
 */
public record AlarmInvocation(int retryCount, boolean isRetry, long scheduledMs) {}
