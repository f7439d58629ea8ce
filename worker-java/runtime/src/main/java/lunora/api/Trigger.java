package lunora.api;

/**
 * A function that something outside calls.
 *
 * @param source the cron expression or the queue's name
 * @param path the function
 * @param param the name of the parameter that a queue's message goes to; empty for a cron
 */
public record Trigger(String source, FunctionPath path, String param) {}
