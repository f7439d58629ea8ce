package lunora.processor.model;

/**
 * What calls a function from outside.
 *
 * @param moduleMethod the method by which a module takes it up; {@code cron}
 * @param source the cron expression or the queue's name
 */
public record TriggerModel(String moduleMethod, String source, FunctionModel function) {}
