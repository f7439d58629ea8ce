package lunora.subscription;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.query.ReadSet;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * One query with one set of arguments that somebody watches. All who asked the same share it: one
 * run, one result, one frame.
 */
final class LiveQuery {

  /** The table named in deltas of a query that read none. */
  private static final String NO_TABLE = "__lunora__";

  /**
   * What tells live queries apart.
   *
   * @param path the function
   * @param args the stable key of its arguments
   * @param audience whose result it is: see {@link Audience}
   */
  record Key(String path, String args, String audience) {

    /** A number to find it by in the registry's tables. */
    int hash() {
      return 31 * (31 * path.hashCode() + args.hashCode()) + audience.hashCode();
    }
  }

  private final long number;
  private final Key key;
  private final FunctionDescriptor<?> query;
  private final Value.Obj args;
  private final Caller caller;
  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private ReadSet reads;
  private @Nullable LiveResult result;
  private boolean subscribersKnown;

  LiveQuery(
      long number,
      Key key,
      FunctionDescriptor<?> query,
      Value.Obj args,
      Caller caller,
      ReadSet reads) {
    this.number = number;
    this.key = key;
    this.query = query;
    this.args = args;
    this.caller = caller;
    this.reads = reads;
  }

  /** Its number in the registry's tables. */
  long number() {
    return number;
  }

  Key key() {
    return key;
  }

  /** A query, or one over global tables. */
  FunctionDescriptor<?> query() {
    return query;
  }

  Value.Obj args() {
    return args;
  }

  Caller caller() {
    return caller;
  }

  /** What its last run read. */
  ReadSet reads() {
    return reads;
  }

  /** Its last result; null after hibernation, until it runs again. */
  @Nullable LiveResult result() {
    return result;
  }

  void ran(ReadSet newReads, LiveResult newResult) {
    reads = newReads;
    result = newResult;
  }

  /** The result is known to be old: nobody new gets it. */
  void forgetResult() {
    result = null;
  }

  /** Whether all its subscribers were sent this result. */
  boolean everybodyHas(LiveResult other) {
    LiveResult last = result;
    if (last == null || !last.text().sameAs(other.text())) {
      return false;
    }
    for (Subscriber each : subscribers.values()) {
      if (!each.isCurrent()) {
        return false;
      }
    }
    return true;
  }

  /** The last run failed: its result stays, and what it read is what may heal it. */
  void failed(ReadSet newReads) {
    reads = newReads;
  }

  /** The table that its deltas name: the first it read. */
  String deltaTable() {
    Set<String> tables = reads.tables();
    return tables.isEmpty() ? NO_TABLE : tables.iterator().next();
  }

  Iterable<Subscriber> subscribers() {
    return subscribers.values();
  }

  /** The subscribers as they are now, whatever happens to them while they are gone through. */
  List<Subscriber> subscribersNow() {
    return List.copyOf(subscribers.values());
  }

  /** Whether all its subscribers are in memory; after waking only those that were asked for are. */
  boolean subscribersKnown() {
    return subscribersKnown;
  }

  void knowsSubscribers() {
    subscribersKnown = true;
  }

  /** How many of its subscribers are in memory. */
  int subscriberCount() {
    return subscribers.size();
  }

  void add(Subscriber subscriber) {
    subscribers.put(subscriberKey(subscriber.connectionId(), subscriber.id()), subscriber);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriberKey(subscriber.connectionId(), subscriber.id()));
  }

  private static String subscriberKey(String connectionId, String id) {
    return connectionId + " " + id;
  }
}
