package lunora.api;

/**
 * A function that the system calls when something happens; no client can.
 *
 * @param path its name in the log
 * @param handler a {@link ConnectionHook}, {@link ShardInitHook} or {@link WhisperRule}
 */
public record Hook<H>(FunctionPath path, H handler) {}
