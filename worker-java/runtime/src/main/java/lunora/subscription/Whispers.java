package lunora.subscription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.Hook;
import lunora.api.WhisperEvent;
import lunora.api.WhisperRule;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.local.SqlRows;
import lunora.query.QueryRunner;
import lunora.wire.JsonText;

/**
 * Messages from socket to socket that nobody keeps (protocol section 11). Whatever breaks a rule is
 * dropped without a word.
 */
final class Whispers {

  /** Topics a socket may have joined at once. */
  static final int TOPICS_MAX = 64;

  /** The longest name of a topic, in UTF-16 units. */
  static final int TOPIC_UNITS_MAX = 512;

  /** The longest payload, as JSON text, in UTF-16 units. */
  static final int PAYLOAD_UNITS_MAX = 4096;

  /** Whispers a socket may send at once, and each second from then on. */
  static final int BURST = 50;

  static final int PER_SECOND = 25;

  private final ShardHost host;
  private final List<Hook<WhisperRule>> rules;
  private final QueryRunner queries;
  private final ServerFrames frames;
  private final Expiry expiry;
  private final WhisperStore store;
  private final Map<String, Map<String, Member>> byTopic = new HashMap<>();
  private final Map<String, TokenBucket> buckets = new HashMap<>();
  private final Map<String, Map<String, Boolean>> verdicts = new HashMap<>();

  /** A socket that joined a topic. */
  private record Member(Socket socket, Connection connection) {}

  Whispers(
      ShardHost host,
      List<Hook<WhisperRule>> rules,
      QueryRunner queries,
      ServerFrames frames,
      Expiry expiry) {
    this.host = host;
    this.rules = rules;
    this.queries = queries;
    this.frames = frames;
    this.expiry = expiry;
    this.store = new WhisperStore(host.sql());
  }

  void join(Socket socket, Connection connection, String topic) {
    if (topic.length() > TOPIC_UNITS_MAX) {
      return;
    }
    store.open();
    Map<String, Member> members = members(topic);
    String id = connection.connectionId();
    if (members.containsKey(id)
        || store.topicsOf(id).size() >= TOPICS_MAX
        || !allows(connection, topic)) {
      return;
    }
    members.put(id, new Member(socket, connection));
    byTopic.put(topic, members);
    store.put(id, topic);
  }

  void leave(Connection connection, String topic) {
    if (store.isPresent()) {
      store.delete(connection.connectionId(), topic);
      forget(connection.connectionId(), topic);
    }
  }

  /** Sends a payload, as the client wrote it, to every other socket of the topic. */
  void whisper(Connection connection, ClientFrame.Whisper frame) {
    String id = connection.connectionId();
    TokenBucket bucket =
        buckets.computeIfAbsent(
            id, key -> new TokenBucket(BURST, PER_SECOND, host.clock().nowMs()));
    if (frame.data().length() > PAYLOAD_UNITS_MAX
        || frame.topic().length() > TOPIC_UNITS_MAX
        || !bucket.take(host.clock().nowMs())
        || !store.isPresent()
        || !allows(connection, frame.topic())) {
      return;
    }
    List<Socket> sockets = new ArrayList<>();
    List<Member> ended = new ArrayList<>();
    for (Member member : members(frame.topic()).values()) {
      if (!member.connection().connectionId().equals(id)) {
        if (expiry.ends(member.socket(), member.connection())) {
          ended.add(member);
        } else {
          sockets.add(member.socket());
        }
      }
    }
    ended.forEach(member -> closed(member.connection().connectionId()));
    if (!sockets.isEmpty()) {
      JsonText head = frames.whisper(frame.topic(), frame.data(), connection.userId());
      host.sockets()
          .sendEach(sockets, Collections.nCopies(sockets.size(), head), List.of(ServerFrames.END));
    }
  }

  /** A socket is gone. */
  void closed(String connectionId) {
    buckets.remove(connectionId);
    verdicts.remove(connectionId);
    if (store.isPresent()) {
      SqlRows topics = store.topicsOf(connectionId);
      for (int i = 0; i < topics.size(); i++) {
        forget(connectionId, topics.text(i, 0));
      }
      if (topics.size() > 0) {
        store.deleteAll(connectionId);
      }
    }
  }

  /** No socket is left: what those that died with their process had joined goes too. */
  void forgetAll() {
    byTopic.clear();
    buckets.clear();
    verdicts.clear();
    store.clear();
  }

  private void forget(String connectionId, String topic) {
    Map<String, Member> members = byTopic.get(topic);
    if (members != null) {
      members.remove(connectionId);
      if (members.isEmpty()) {
        byTopic.remove(topic);
      }
    }
  }

  /** The open sockets of a topic; read from the table when the topic is first used. */
  private Map<String, Member> members(String topic) {
    Map<String, Member> members = byTopic.get(topic);
    if (members != null) {
      return members;
    }
    members = new LinkedHashMap<>();
    SqlRows rows = store.membersOf(topic);
    for (int i = 0; i < rows.size(); i++) {
      String connectionId = rows.text(i, 0);
      List<Socket> open = host.sockets().tagged(connectionId);
      if (open.isEmpty()) {
        store.deleteAll(connectionId);
      } else {
        members.put(connectionId, new Member(open.get(0), Connection.of(open.get(0))));
      }
    }
    if (!members.isEmpty()) {
      byTopic.put(topic, members);
    }
    return members;
  }

  private boolean allows(Connection connection, String topic) {
    if (rules.isEmpty()) {
      return true;
    }
    Map<String, Boolean> known =
        verdicts.computeIfAbsent(connection.connectionId(), key -> new HashMap<>());
    Boolean verdict = known.get(topic);
    if (verdict == null) {
      if (known.size() >= TOPICS_MAX) {
        known.clear();
      }
      verdict = ask(connection, topic);
      known.put(topic, verdict);
    }
    return verdict;
  }

  private boolean ask(Connection connection, String topic) {
    WhisperEvent event =
        new WhisperEvent(topic, connection.connectionId(), host.shardKey(), connection.userId());
    for (Hook<WhisperRule> rule : rules) {
      try {
        if (!queries.allows(rule, event, connection.caller())) {
          return false;
        }
      } catch (RuntimeException e) {
        host.log().log(LogSink.Level.ERROR, "a whisper rule failed: " + rule.path(), e);
        return false;
      }
    }
    return true;
  }
}
