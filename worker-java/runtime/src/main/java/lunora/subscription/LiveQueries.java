package lunora.subscription;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.oplog.RowWrite;
import lunora.query.IdRead;
import lunora.query.ReadSet;
import lunora.query.ReadSetText;
import lunora.rpc.FunctionRegistry;
import lunora.schema.Schema;
import lunora.wire.StableKey;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The registry of live queries and their subscribers: in memory for speed, in {@link
 * SubscriptionStore} to outlive hibernation. After waking only what somebody asks for is in memory;
 * {@link StoredQueries} brings it there (docs/adr/0010-lazy-waking.md).
 */
final class LiveQueries {

  private final ShardHost host;
  private final SubscriptionStore store;
  private final StoredQueries stored;
  private final ReadSetText readSetText;
  private final SubscriptionIndex index = new SubscriptionIndex();
  private final Map<LiveQuery.Key, LiveQuery> byKey = new HashMap<>();
  private final Map<Integer, LiveQuery> byNumber = new HashMap<>();
  private final Map<String, Map<String, Subscription>> byConnection = new HashMap<>();
  private long lastNumber;

  /** A subscriber and what it subscribes to. */
  record Subscription(Subscriber subscriber, LiveQuery query) {}

  LiveQueries(ShardHost host, Schema schema, FunctionRegistry functions) {
    this.host = host;
    this.store = SubscriptionStore.open(host.sql());
    this.readSetText = new ReadSetText(schema);
    this.lastNumber = store.lastNumber();
    this.stored = new StoredQueries(host, store, functions, readSetText, this, lastNumber == 0);
  }

  /** Whether nobody watches anything. */
  boolean isEmpty() {
    return byNumber.isEmpty() && stored.isExhausted();
  }

  /** Whether all live queries are in memory, so that matching a write reads nothing. */
  boolean isWhole() {
    return stored.isExhausted();
  }

  /** How many subscriptions a socket has. */
  int countOf(String connectionId) {
    stored.loadConnection(connectionId);
    Map<String, Subscription> own = byConnection.get(connectionId);
    return own == null ? 0 : own.size();
  }

  /** A socket's subscription of that id, or null. */
  @Nullable Subscription find(String connectionId, String id) {
    stored.loadConnection(connectionId);
    return known(connectionId, id);
  }

  @Nullable Subscription known(String connectionId, String id) {
    Map<String, Subscription> own = byConnection.get(connectionId);
    return own == null ? null : own.get(id);
  }

  @Nullable LiveQuery numbered(long number) {
    return byNumber.get((int) number);
  }

  /** The live query a caller would share, or null: everybody's first, then the caller's own. */
  @Nullable LiveQuery shared(String path, Value.Obj args, Caller caller) {
    String argsKey = StableKey.of(args);
    LiveQuery everybodys = find(new LiveQuery.Key(path, argsKey, Audience.EVERYBODY));
    return everybodys != null
        ? everybodys
        : find(new LiveQuery.Key(path, argsKey, Audience.only(caller)));
  }

  private @Nullable LiveQuery find(LiveQuery.Key key) {
    LiveQuery known = byKey.get(key);
    if (known == null && !stored.isExhausted()) {
      stored.loadHash(key.hash());
      known = byKey.get(key);
    }
    return known;
  }

  /** Takes up a query that nobody watched so far, with its first run. */
  LiveQuery create(
      FunctionDescriptor<?> query,
      Value.Obj args,
      Caller caller,
      ReadSet reads,
      LiveResult result) {
    boolean personal = reads.dependsOn(ReadSet.Ambient.IDENTITY);
    String audience = personal ? Audience.only(caller) : Audience.EVERYBODY;
    String path = query.signature().path().text();
    LiveQuery.Key key = new LiveQuery.Key(path, StableKey.of(args), audience);
    Caller runsAs = Audience.callerOf(audience);
    lastNumber++;
    LiveQuery live = new LiveQuery(lastNumber, key, query, args, runsAs, reads);
    live.ran(reads, result);
    live.knowsSubscribers();
    adopt(live);
    String readsText = readSetText.write(reads);
    store.putQuery(live.number(), key, Audience.argsText(args), readsText, ReadBuckets.of(reads));
    return live;
  }

  /** Takes a query into memory. */
  void adopt(LiveQuery live) {
    byKey.put(live.key(), live);
    byNumber.put((int) live.number(), live);
    index.add(live);
  }

  void subscribe(Subscriber subscriber, LiveQuery query) {
    link(subscriber, query);
    store.putSubscription(subscriber, query.number());
  }

  /** Takes a subscription into memory. */
  void link(Subscriber subscriber, LiveQuery query) {
    query.add(subscriber);
    byConnection
        .computeIfAbsent(subscriber.connectionId(), c -> new LinkedHashMap<>())
        .put(subscriber.id(), new Subscription(subscriber, query));
  }

  /** Ends a subscription; the query goes with its last subscriber. */
  void unsubscribe(Subscription subscription) {
    Subscriber subscriber = subscription.subscriber();
    store.deleteSubscription(subscriber);
    Map<String, Subscription> own = byConnection.get(subscriber.connectionId());
    if (own != null) {
      own.remove(subscriber.id());
      if (own.isEmpty()) {
        byConnection.remove(subscriber.connectionId());
      }
    }
    left(subscription);
  }

  private void left(Subscription subscription) {
    LiveQuery query = subscription.query();
    query.remove(subscription.subscriber());
    boolean watched =
        query.subscriberCount() > 0
            || (!query.subscribersKnown() && store.isWatched(query.number()));
    if (!watched) {
      index.remove(query);
      byKey.remove(query.key());
      byNumber.remove((int) query.number());
      store.deleteQuery(query.number(), ReadBuckets.of(query.reads()));
    }
  }

  /** Makes a socket's subscriptions look at their connection anew: it has announced itself. */
  void unbind(String connectionId) {
    byConnection
        .getOrDefault(connectionId, Map.of())
        .values()
        .forEach(own -> own.subscriber().unbind());
  }

  /** Ends all subscriptions of a socket that is gone. */
  void forget(String connectionId) {
    stored.loadConnection(connectionId);
    Map<String, Subscription> own = byConnection.remove(connectionId);
    if (own != null) {
      store.deleteConnection(connectionId);
      own.values().forEach(this::left);
    }
  }

  /** Forgets everybody when no socket is left: nobody keeps the results up to date. */
  void forgetLost() {
    if (isEmpty() || host.sockets().any()) {
      return;
    }
    byKey.values().forEach(index::remove);
    byKey.clear();
    byNumber.clear();
    byConnection.clear();
    store.clear();
    stored.cleared();
  }

  /** The live queries that any of the writes affects, each with all its subscribers. */
  Set<LiveQuery> affectedBy(List<RowWrite<?>> writes) {
    stored.loadReaders(writes);
    Set<LiveQuery> affected = new LinkedHashSet<>();
    for (RowWrite<?> write : writes) {
      index.affected(write, affected);
    }
    for (LiveQuery query : affected) {
      stored.loadSubscribers(query);
    }
    return affected;
  }

  /** The live queries that read a global table, each with all its subscribers. */
  Set<LiveQuery> readersOf(String table) {
    IdRead whole = IdRead.wholeTable(table);
    stored.loadReadersOf(whole);
    Set<LiveQuery> readers = index.readersOf(whole);
    for (LiveQuery query : readers) {
      stored.loadSubscribers(query);
    }
    return readers;
  }

  /** Puts the outcome of another run in place of the last. */
  void ran(LiveQuery query, ReadSet reads, LiveResult result) {
    ReadSet former = query.reads();
    index.remove(query);
    query.ran(reads, result);
    index.add(query);
    keep(query, former);
  }

  /** Takes note of a run that threw. */
  void failed(LiveQuery query, ReadSet reads) {
    ReadSet former = query.reads();
    index.remove(query);
    query.failed(reads);
    index.add(query);
    keep(query, former);
  }

  private void keep(LiveQuery query, ReadSet former) {
    ReadSet reads = query.reads();
    if (!reads.sameScope(former)) {
      store.putReads(
          query.number(), readSetText.write(reads), ReadBuckets.of(former), ReadBuckets.of(reads));
    }
  }
}
