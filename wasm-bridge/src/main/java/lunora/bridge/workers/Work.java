package lunora.bridge.workers;

/** Work without a result. May suspend. */
@FunctionalInterface
public interface Work {

  void run();
}
