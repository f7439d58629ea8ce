package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.shape.ShapeDefinition;

/** One shape that somebody keeps a copy of. All with the same rows share it: one diff, one text. */
final class LiveShape {

  private final long number;
  private final ShapeDefinition<?> definition;
  private final Map<String, ShapeSubscriber> subscribers = new LinkedHashMap<>();

  LiveShape(long number, ShapeDefinition<?> definition) {
    this.number = number;
    this.definition = definition;
  }

  /** Its number in the registry's tables. */
  long number() {
    return number;
  }

  ShapeDefinition<?> definition() {
    return definition;
  }

  /** The subscribers as they are now, whatever happens to them while they are gone through. */
  List<ShapeSubscriber> subscribersNow() {
    return new ArrayList<>(subscribers.values());
  }

  boolean isWatched() {
    return !subscribers.isEmpty();
  }

  void add(ShapeSubscriber subscriber) {
    subscribers.put(key(subscriber), subscriber);
  }

  void remove(ShapeSubscriber subscriber) {
    subscribers.remove(key(subscriber));
  }

  private static String key(ShapeSubscriber subscriber) {
    return subscriber.connectionId() + " " + subscriber.id();
  }
}
