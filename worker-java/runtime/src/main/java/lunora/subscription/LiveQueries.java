package lunora.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.RowWrite;
import lunora.query.ReadSet;
import lunora.query.ReadSetText;
import lunora.rpc.FunctionRegistry;
import lunora.schema.Schema;
import lunora.wire.Json;
import lunora.wire.StableKey;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * The registry of live queries and their subscribers: in memory for speed, in {@link
 * SubscriptionStore} to outlive hibernation. It is loaded when it is first asked for, not when the
 * shard wakes.
 */
final class LiveQueries {

  private final ShardHost host;
  private final FunctionRegistry functions;
  private final SubscriptionStore store;
  private final ReadSetText readSetText;
  private final SubscriptionIndex index = new SubscriptionIndex();
  private final Map<LiveQuery.Key, LiveQuery> byKey = new HashMap<>();
  private final Map<String, Map<String, Subscription>> byConnection = new HashMap<>();
  private long lastNumber;
  private boolean loaded;

  /** A subscriber and what it subscribes to. */
  record Subscription(Subscriber subscriber, LiveQuery query) {}

  LiveQueries(ShardHost host, Schema schema, FunctionRegistry functions) {
    this.host = host;
    this.functions = functions;
    this.store = SubscriptionStore.open(host.sql());
    this.readSetText = new ReadSetText(schema);
  }

  /** How many subscriptions a socket has. */
  int countOf(String connectionId) {
    load();
    Map<String, Subscription> own = byConnection.get(connectionId);
    return own == null ? 0 : own.size();
  }

  /** A socket's subscription of that id, or null. */
  @Nullable Subscription find(String connectionId, String id) {
    load();
    Map<String, Subscription> own = byConnection.get(connectionId);
    return own == null ? null : own.get(id);
  }

  /** The live query a caller would share, or null: everybody's first, then the caller's own. */
  @Nullable LiveQuery shared(String path, Value.Obj args, Caller caller) {
    load();
    String argsKey = StableKey.of(args);
    LiveQuery everybodys = byKey.get(new LiveQuery.Key(path, argsKey, Audience.EVERYBODY));
    return everybodys != null
        ? everybodys
        : byKey.get(new LiveQuery.Key(path, argsKey, Audience.only(caller)));
  }

  /** Takes up a query that nobody watched so far, with its first run. */
  LiveQuery create(
      FunctionDescriptor.OfQuery<?> query,
      Value.Obj args,
      Caller caller,
      ReadSet reads,
      LiveResult result) {
    load();
    boolean personal = reads.dependsOn(ReadSet.Ambient.IDENTITY);
    String audience = personal ? Audience.only(caller) : Audience.EVERYBODY;
    String path = query.signature().path().text();
    LiveQuery.Key key = new LiveQuery.Key(path, StableKey.of(args), audience);
    Caller runsAs = Audience.callerOf(audience);
    lastNumber++;
    LiveQuery live = new LiveQuery(lastNumber, key, query, args, runsAs, reads);
    live.ran(reads, result);
    byKey.put(key, live);
    index.add(live);
    store.putQuery(live.number(), key, Audience.argsText(args), readSetText.write(reads));
    return live;
  }

  void subscribe(Subscriber subscriber, LiveQuery query) {
    link(subscriber, query);
    store.putSubscription(subscriber, query.number());
  }

  private void link(Subscriber subscriber, LiveQuery query) {
    query.add(subscriber);
    byConnection
        .computeIfAbsent(subscriber.connectionId(), c -> new LinkedHashMap<>())
        .put(subscriber.id(), new Subscription(subscriber, query));
  }

  /** Ends a subscription; the query goes with its last subscriber. */
  void unsubscribe(Subscription subscription) {
    Subscriber subscriber = subscription.subscriber();
    LiveQuery query = subscription.query();
    store.deleteSubscription(subscriber);
    query.remove(subscriber);
    Map<String, Subscription> own = byConnection.get(subscriber.connectionId());
    if (own != null) {
      own.remove(subscriber.id());
      if (own.isEmpty()) {
        byConnection.remove(subscriber.connectionId());
      }
    }
    if (query.subscriberCount() == 0) {
      index.remove(query);
      byKey.remove(query.key());
      store.deleteQuery(query.number());
    }
  }

  /** Ends all subscriptions of a socket that is gone. */
  void forget(String connectionId) {
    load();
    Map<String, Subscription> own = byConnection.get(connectionId);
    if (own != null) {
      new ArrayList<>(own.values()).forEach(this::unsubscribe);
    }
  }

  /** Forgets everybody: no socket is left, and nobody keeps the results up to date. */
  void forgetAll() {
    if (byKey.isEmpty()) {
      return;
    }
    byKey.values().forEach(index::remove);
    byKey.clear();
    byConnection.clear();
    store.clear();
  }

  /** The live queries that any of the writes affects. */
  Set<LiveQuery> affectedBy(List<RowWrite<?>> writes) {
    load();
    Set<LiveQuery> affected = new LinkedHashSet<>();
    for (RowWrite<?> write : writes) {
      index.affected(write, affected);
    }
    return affected;
  }

  /** Puts the outcome of another run in place of the last. */
  void ran(LiveQuery query, ReadSet reads, LiveResult result) {
    boolean sameScope = reads.sameScope(query.reads());
    index.remove(query);
    query.ran(reads, result);
    index.add(query);
    if (!sameScope) {
      store.putReads(query.number(), readSetText.write(reads));
    }
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (!host.sockets().any()) {
      store.clear();
      return;
    }
    Map<Long, LiveQuery> byNumber = loadQueries();
    SqlRows rows = store.subscriptions();
    for (int i = 0; i < rows.size(); i++) {
      LiveQuery query = byNumber.get((long) rows.number(i, 2));
      if (query != null) {
        link(new Subscriber(rows.text(i, 0), rows.text(i, 1)), query);
      }
    }
    forgetLost();
  }

  /** A socket that died with its process was never reported closed. */
  private void forgetLost() {
    if (byConnection.size() <= host.sockets().all().size()) {
      return;
    }
    for (String connectionId : new ArrayList<>(byConnection.keySet())) {
      if (host.sockets().tagged(connectionId).isEmpty()) {
        forget(connectionId);
      }
    }
  }

  private Map<Long, LiveQuery> loadQueries() {
    Map<Long, LiveQuery> byNumber = new HashMap<>();
    SqlRows rows = store.liveQueries();
    for (int i = 0; i < rows.size(); i++) {
      long number = (long) rows.number(i, 0);
      lastNumber = Math.max(lastNumber, number);
      LiveQuery query = loadQuery(rows, i, number);
      if (query != null) {
        byNumber.put(number, query);
        byKey.put(query.key(), query);
        index.add(query);
      }
    }
    return byNumber;
  }

  private @Nullable LiveQuery loadQuery(SqlRows rows, int row, long number) {
    String path = rows.text(row, 1);
    Value.Obj args = (Value.Obj) WireCodec.decode(Json.read(rows.text(row, 2)));
    String audience = rows.text(row, 3);
    Caller caller = Audience.callerOf(audience);
    FunctionDescriptor.OfQuery<?> query = functions.query(path, caller);
    ReadSet reads = readSetText.read(rows.text(row, 4));
    if (query == null || reads == null) {
      return null;
    }
    LiveQuery.Key key = new LiveQuery.Key(path, StableKey.of(args), audience);
    return new LiveQuery(number, key, query, args, caller, reads);
  }
}
