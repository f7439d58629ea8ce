package lunora.processor.model;

import java.util.Locale;

/** The kinds of function that can be called by path. */
public enum FunctionKind {
  QUERY("Query", "Query", "query"),
  MUTATION("Mutation", "Mutation", "mutation"),
  CUSTOM_MUTATOR("CustomMutator", "Mutation", "customMutator"),
  GLOBAL_QUERY("Query", "GlobalQuery", "globalQuery"),
  GLOBAL_MUTATION("Mutation", "GlobalMutation", "globalMutation"),
  ACTION("Action", "Action", "action"),
  STREAM("Stream", "Stream", "liveStream"),
  DURABLE_STREAM("Stream", "Stream", "durableStream"),
  SHAPE("Shape", "Shape", "shape");

  private final String simpleName;
  private final String base;
  private final String finisher;

  FunctionKind(String simpleName, String base, String finisher) {
    this.simpleName = simpleName;
    this.base = base;
    this.finisher = finisher;
  }

  /** Whether it names rows that clients keep a copy of, instead of being called. */
  public boolean namesRows() {
    return this == SHAPE;
  }

  /**
   * Whether it can be this kind: a query or mutation is one over global tables when its context is.
   */
  public boolean fits(boolean globalContext) {
    return switch (this) {
      case QUERY, MUTATION -> !globalContext;
      case GLOBAL_QUERY, GLOBAL_MUTATION -> globalContext;
      default -> true;
    };
  }

  /** Whether it emits values instead of returning one. */
  public boolean emits() {
    return this == STREAM || this == DURABLE_STREAM;
  }

  /** Whether its annotation says that it is durable. */
  public boolean isDurable() {
    return this == DURABLE_STREAM;
  }

  /** The annotation's simple name; {@code Query}. */
  public String simpleName() {
    return simpleName;
  }

  /** The annotation; {@code lunora.api.Query}. */
  public String annotation() {
    return "lunora.api." + simpleName;
  }

  /** The simple name of the first parameter's type; {@code QueryContext}. */
  public String context() {
    return base + "Context";
  }

  /** The simple name of the descriptor's type; {@code OfQuery}. */
  public String descriptor() {
    return "Of" + base;
  }

  /** The method that finishes a descriptor; {@code query}. */
  public String finisher() {
    return finisher;
  }

  /** The method by which a module takes it up; {@code query}. */
  public String moduleMethod() {
    return base.substring(0, 1).toLowerCase(Locale.ROOT) + base.substring(1);
  }
}
