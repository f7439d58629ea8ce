package lunora.migration;

/** Ends a transaction of a dry run, so that nothing of it stays. */
@SuppressWarnings("serial") // never serialized
final class TakenBack extends RuntimeException {

  private final transient Progress reached;

  TakenBack(Progress reached) {
    super("a dry run, which leaves nothing behind");
    this.reached = reached;
  }

  Progress reached() {
    return reached;
  }
}
