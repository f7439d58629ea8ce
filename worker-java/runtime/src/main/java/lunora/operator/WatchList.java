package lunora.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.host.local.SqlStorage;

/**
 * What is watched, by connection and id: in memory, and in the {@link WatchStore} from a watch's
 * first result on. What was watched before the shard hibernated is read when somebody asks. Never
 * suspends.
 */
final class WatchList {

  private final WatchStore store;
  private final Map<String, Map<String, Watch>> watches = new LinkedHashMap<>();
  private boolean loaded;

  WatchList(SqlStorage sql) {
    this.store = new WatchStore(sql);
  }

  /** Whether nothing is watched; costs a shard that no operator ever watched one read. */
  boolean isEmpty() {
    if (!store.isPresent()) {
      return true;
    }
    load();
    return watches.isEmpty();
  }

  /** Takes one in place of the one that its connection had under that id. */
  void add(Watch watch) {
    load();
    ofConnection(watch.connectionId()).put(watch.id(), watch);
  }

  /** Keeps one over hibernation. */
  void keep(Watch watch) {
    store.put(watch);
  }

  int countOf(String connectionId) {
    load();
    Map<String, Watch> own = watches.get(connectionId);
    return own == null ? 0 : own.size();
  }

  /** Whether nobody has cancelled or replaced it. */
  boolean has(Watch watch) {
    Map<String, Watch> own = watches.get(watch.connectionId());
    return own != null && own.get(watch.id()) == watch;
  }

  void remove(String connectionId, String id) {
    load();
    Map<String, Watch> own = watches.get(connectionId);
    if (own != null && own.remove(id) != null) {
      store.delete(connectionId, id);
      if (own.isEmpty()) {
        watches.remove(connectionId);
      }
    }
  }

  void removeAll(String connectionId) {
    load();
    if (watches.remove(connectionId) != null) {
      store.deleteAll(connectionId);
    }
  }

  /** Those that writes to these tables may give another result; a list of its own. */
  List<Watch> concernedBy(Set<String> tables) {
    List<Watch> concerned = new ArrayList<>();
    for (Map<String, Watch> own : watches.values()) {
      for (Watch watch : own.values()) {
        if (watch.concerns(tables)) {
          concerned.add(watch);
        }
      }
    }
    return concerned;
  }

  private Map<String, Watch> ofConnection(String connectionId) {
    return watches.computeIfAbsent(connectionId, c -> new LinkedHashMap<>());
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    for (Watch watch : store.all()) {
      ofConnection(watch.connectionId()).putIfAbsent(watch.id(), watch);
    }
  }
}
