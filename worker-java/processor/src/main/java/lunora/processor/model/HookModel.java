package lunora.processor.model;

/**
 * One hook of an app.
 *
 * @param method the method's name
 * @param path its name in the log
 */
public record HookModel(HookKind kind, String method, String path) {}
