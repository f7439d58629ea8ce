package lunora.outbox;

import java.util.List;
import lunora.host.remote.Bindings;

/** Where the effects of one kind go. */
public interface Destination {

  /** The kind, as {@link Outbox#add} is told it. */
  String kind();

  /**
   * Delivers effects, 1 to {@value Outbox#BATCH_MAX} of them, in the order in which they were asked
   * for. An effect may come that was delivered before, or one after its successor when its first
   * delivery failed. May suspend; when it throws, each effect comes again by itself, later.
   */
  void deliver(List<Effect> effects, Bindings bindings);
}
