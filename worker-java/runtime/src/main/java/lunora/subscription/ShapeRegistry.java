package lunora.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.schema.Schema;
import lunora.shape.ShapeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The copies of shapes that clients keep: in memory for speed, in {@link ShapeStore} to outlive
 * hibernation. It is loaded when it is first asked for, not when the shard wakes.
 */
final class ShapeRegistry {

  private final ShardHost host;
  private final Schema schema;
  private final ShapeStore store;
  private final ShapeIndex index = new ShapeIndex();
  private final Map<String, LiveShape> byText = new HashMap<>();
  private final Map<String, Map<String, ShapeSubscriber>> byConnection = new HashMap<>();
  private final Set<ShapeSubscriber> owed = new LinkedHashSet<>();
  private long lastNumber;
  private boolean loaded;
  private @Nullable Boolean occupied;

  ShapeRegistry(ShardHost host, Schema schema) {
    this.host = host;
    this.schema = schema;
    this.store = new ShapeStore(host.sql());
  }

  /** Whether there may be copies; does not load them. */
  boolean mayHaveSubscriptions() {
    if (loaded) {
      return !byConnection.isEmpty();
    }
    Boolean found = occupied;
    if (found == null) {
      found = store.hasSubscriptions();
      occupied = found;
    }
    return found;
  }

  /** How many copies a socket keeps. */
  int countOf(String connectionId) {
    load();
    Map<String, ShapeSubscriber> own = byConnection.get(connectionId);
    return own == null ? 0 : own.size();
  }

  @Nullable ShapeSubscriber find(String connectionId, String id) {
    load();
    Map<String, ShapeSubscriber> own = byConnection.get(connectionId);
    return own == null ? null : own.get(id);
  }

  /** Makes a socket's copies look at their connection anew. */
  void unbind(String connectionId) {
    byConnection.getOrDefault(connectionId, Map.of()).values().forEach(ShapeSubscriber::unbind);
  }

  ShapeIndex index() {
    return index;
  }

  /** All shapes that somebody watches. */
  Collection<LiveShape> shapes() {
    return byText.values();
  }

  /** The names of the tables that shapes have rows of. */
  Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    for (LiveShape shape : byText.values()) {
      tables.add(shape.definition().table().name());
    }
    return tables;
  }

  /** The place in the log up to which everybody was told. */
  long cursor() {
    return store.cursor();
  }

  void putCursor(long cursor) {
    store.putCursor(cursor);
  }

  /** Takes up a copy; {@code cursor} is the place in the log that it stands at. */
  ShapeSubscriber subscribe(
      String connectionId, String id, ShapeDefinition<?> definition, long cursor) {
    load();
    store.open();
    LiveShape shape = byText.get(definition.text());
    if (shape == null) {
      if (store.cursor() < cursor) {
        // The log before did not matter to anybody who watches this table.
        store.putCursor(cursor);
      }
      lastNumber++;
      shape = new LiveShape(lastNumber, definition);
      byText.put(definition.text(), shape);
      index.add(shape);
      store.putShape(shape);
    }
    ShapeSubscriber subscriber = new ShapeSubscriber(connectionId, id, shape, false);
    link(subscriber);
    store.put(subscriber);
    return subscriber;
  }

  private void link(ShapeSubscriber subscriber) {
    subscriber.shape().add(subscriber);
    byConnection
        .computeIfAbsent(subscriber.connectionId(), c -> new LinkedHashMap<>())
        .put(subscriber.id(), subscriber);
    if (subscriber.isOwed()) {
      owed.add(subscriber);
    }
  }

  /** Ends a copy; the shape goes with its last one. */
  void unsubscribe(ShapeSubscriber subscriber) {
    store.delete(subscriber);
    owed.remove(subscriber);
    Map<String, ShapeSubscriber> own = byConnection.get(subscriber.connectionId());
    if (own != null) {
      own.remove(subscriber.id());
      if (own.isEmpty()) {
        byConnection.remove(subscriber.connectionId());
      }
    }
    LiveShape shape = subscriber.shape();
    shape.remove(subscriber);
    if (!shape.isWatched()) {
      drop(shape);
    }
  }

  private void drop(LiveShape shape) {
    index.remove(shape);
    byText.remove(shape.definition().text());
    store.deleteShape(shape);
  }

  /** Ends all copies of a socket that is gone; does not load the others for it. */
  void forget(String connectionId) {
    if (!loaded) {
      if (store.isPresent()) {
        store.deleteAll(connectionId);
      }
      return;
    }
    Map<String, ShapeSubscriber> own = byConnection.get(connectionId);
    if (own != null) {
      new ArrayList<>(own.values()).forEach(this::unsubscribe);
    }
  }

  /** Forgets everybody: no socket is left. */
  void forgetAll() {
    if (!mayHaveSubscriptions()) {
      return;
    }
    byText.values().forEach(index::remove);
    byText.clear();
    byConnection.clear();
    owed.clear();
    store.clear();
    loaded = true;
  }

  /** Takes note of whether a copy is owed rows. */
  void setOwed(ShapeSubscriber subscriber, boolean isOwed) {
    if (subscriber.isOwed() == isOwed) {
      return;
    }
    subscriber.setOwed(isOwed);
    store.put(subscriber);
    if (isOwed) {
      owed.add(subscriber);
    } else {
      owed.remove(subscriber);
    }
  }

  /** The copies that are owed rows. */
  List<ShapeSubscriber> owed() {
    return new ArrayList<>(owed);
  }

  /** Reads the copies from the store unless that has been done. */
  void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (!store.isPresent()) {
      return;
    }
    if (!host.sockets().any()) {
      store.clear();
      return;
    }
    Map<Long, LiveShape> byNumber = loadShapes();
    SqlRows rows = store.subscriptions();
    for (int i = 0; i < rows.size(); i++) {
      LiveShape shape = byNumber.get((long) rows.number(i, 2));
      if (shape != null) {
        link(new ShapeSubscriber(rows.text(i, 0), rows.text(i, 1), shape, rows.number(i, 3) != 0));
      }
    }
    forgetLost(byNumber.values());
  }

  private Map<Long, LiveShape> loadShapes() {
    Map<Long, LiveShape> byNumber = new HashMap<>();
    SqlRows rows = store.shapes();
    for (int i = 0; i < rows.size(); i++) {
      long number = (long) rows.number(i, 0);
      lastNumber = Math.max(lastNumber, number);
      ShapeDefinition<?> definition = ShapeDefinition.read(schema, rows.text(i, 1));
      if (definition != null) {
        LiveShape shape = new LiveShape(number, definition);
        byNumber.put(number, shape);
        byText.put(definition.text(), shape);
        index.add(shape);
      }
    }
    return byNumber;
  }

  /** What died with its process, or ended while nothing was loaded. */
  private void forgetLost(Collection<LiveShape> shapes) {
    if (byConnection.size() > host.sockets().all().size()) {
      for (String connectionId : new ArrayList<>(byConnection.keySet())) {
        if (host.sockets().tagged(connectionId).isEmpty()) {
          forget(connectionId);
        }
      }
    }
    for (LiveShape shape : shapes) {
      if (!shape.isWatched()) {
        drop(shape);
      }
    }
  }
}
