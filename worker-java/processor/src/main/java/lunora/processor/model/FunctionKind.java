package lunora.processor.model;

/** The three kinds of function. */
public enum FunctionKind {
  QUERY("Query"),
  MUTATION("Mutation"),
  ACTION("Action");

  private final String simpleName;

  FunctionKind(String simpleName) {
    this.simpleName = simpleName;
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
    return simpleName + "Context";
  }
}
