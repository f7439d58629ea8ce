package lunora.subscription;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.RowWrite;
import lunora.query.IdRead;
import lunora.query.ReadSet;
import lunora.query.ReadSetText;
import lunora.rpc.FunctionRegistry;
import lunora.wire.Json;
import lunora.wire.StableKey;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * Live queries that outlived a hibernation and are brought into memory as they are asked for: those
 * a write may affect, those of one socket, one by its key, and each one's subscribers when it has
 * something to say. A shard that wakes for one write so does work for what that write affects; one
 * that stays awake has them all after {@value #LOOK_UPS_MAX} look-ups.
 */
final class StoredQueries {

  /** Look-ups after which the rest is loaded at once. */
  private static final int LOOK_UPS_MAX = 256;

  private final ShardHost host;
  private final SubscriptionStore store;
  private final FunctionRegistry functions;
  private final ReadSetText readSetText;
  private final LiveQueries live;
  private final Set<Integer> loadedBuckets = new HashSet<>();
  private final Set<String> loadedConnections = new HashSet<>();
  private int lookUps;
  private boolean exhausted;

  StoredQueries(
      ShardHost host,
      SubscriptionStore store,
      FunctionRegistry functions,
      ReadSetText readSetText,
      LiveQueries live,
      boolean none) {
    this.host = host;
    this.store = store;
    this.functions = functions;
    this.readSetText = readSetText;
    this.live = live;
    this.exhausted = none;
  }

  /** Whether all of them are in memory. */
  boolean isExhausted() {
    return exhausted;
  }

  /** They were all deleted. */
  void cleared() {
    exhausted = true;
    loadedBuckets.clear();
    loadedConnections.clear();
  }

  /** Loads what any of the writes may affect. */
  void loadReaders(List<RowWrite<?>> writes) {
    if (exhausted) {
      return;
    }
    Set<Integer> buckets = new LinkedHashSet<>();
    for (RowWrite<?> write : writes) {
      ReadBuckets.of(write, buckets);
    }
    loadBuckets(buckets);
  }

  /** Loads those with this reading. */
  void loadReadersOf(IdRead read) {
    if (!exhausted) {
      loadBuckets(new LinkedHashSet<>(Set.of(ReadBuckets.of(read))));
    }
  }

  private void loadBuckets(Set<Integer> buckets) {
    buckets.removeAll(loadedBuckets);
    if (!buckets.isEmpty()) {
      loadedBuckets.addAll(buckets);
      load(store.liveQueriesIn(buckets));
      lookedUp();
    }
  }

  /** Loads those whose key has the hash. */
  void loadHash(int hash) {
    load(store.liveQueriesOf(hash));
    lookedUp();
  }

  /** Loads all that one socket watches. */
  void loadConnection(String connectionId) {
    if (!exhausted && loadedConnections.add(connectionId)) {
      load(store.liveQueriesOf(connectionId));
      link(store.subscriptionsOf(connectionId));
      lookedUp();
    }
  }

  /** Loads who watches a query. */
  void loadSubscribers(LiveQuery query) {
    if (!query.subscribersKnown()) {
      link(store.subscriptionsTo(query.number()));
      query.knowsSubscribers();
    }
  }

  private void lookedUp() {
    lookUps++;
    if (lookUps == LOOK_UPS_MAX) {
      host.deferred().afterResponse(this::loadRest);
    }
  }

  private void loadRest() {
    if (exhausted) {
      return;
    }
    Set<LiveQuery> all = load(store.liveQueries());
    link(store.subscriptions());
    all.forEach(LiveQuery::knowsSubscribers);
    cleared();
  }

  private Set<LiveQuery> load(SqlRows rows) {
    Set<LiveQuery> loaded = new LinkedHashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      long number = (long) rows.number(i, 0);
      LiveQuery query = live.numbered(number);
      if (query == null) {
        query = read(rows, i, number);
        if (query != null) {
          live.adopt(query);
        }
      }
      if (query != null) {
        loaded.add(query);
      }
    }
    return loaded;
  }

  private void link(SqlRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      String connectionId = rows.text(i, 0);
      String id = rows.text(i, 1);
      LiveQuery query = live.numbered((long) rows.number(i, 2));
      if (query != null && live.known(connectionId, id) == null) {
        live.link(new Subscriber(connectionId, id), query);
      }
    }
  }

  /** Null when the app has no such function any more. */
  private @Nullable LiveQuery read(SqlRows rows, int row, long number) {
    String path = rows.text(row, 1);
    Value.Obj args = (Value.Obj) WireCodec.decode(Json.read(rows.text(row, 2)));
    String audience = rows.text(row, 3);
    Caller caller = Audience.callerOf(audience);
    FunctionDescriptor<?> query = functions.query(path, caller);
    if (query == null) {
      query = functions.globalQuery(path, caller);
    }
    ReadSet reads = readSetText.read(rows.text(row, 4));
    if (query == null || reads == null) {
      return null;
    }
    LiveQuery.Key key = new LiveQuery.Key(path, StableKey.of(args), audience);
    return new LiveQuery(number, key, query, args, caller, reads);
  }
}
