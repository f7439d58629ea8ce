package shop;

/** Two cases. */
public sealed interface Payment {

  /** Has a component. */
  record Card(String digits) implements Payment {}

  /** Has none. */
  record Cash() implements Payment {}
}
