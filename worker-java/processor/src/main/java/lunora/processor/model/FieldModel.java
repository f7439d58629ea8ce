package lunora.processor.model;

/** One component of a record, or one parameter of a function. */
public record FieldModel(String name, ValueType type) {}
