package lunora.processor.model;

import java.util.List;

/** One index of a document. */
public record IndexModel(String name, List<String> on, Uniqueness uniqueness) {

  /** Whether rows may share the indexed values. */
  public enum Uniqueness {
    SHARED,
    UNIQUE
  }
}
