package lunora.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Background;
import lunora.host.remote.Bindings;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A shard that does nothing but ask for effects, and a place for them that can be closed. */
final class EffectShard implements AutoCloseable {

  final FakeShardHost host = FakeShardHost.inMemory("effects");
  final FakeShard shard = new FakeShard(host, Engine::new);

  /** The ids of the effects that arrived, in order, and how many came at once. */
  final List<String> arrived = new ArrayList<>();

  final List<Integer> batches = new ArrayList<>();

  /** The ids that are refused. */
  final Set<String> refused = new HashSet<>();

  /** Asks for effects in one transaction and commits it. */
  void ask(String... ids) {
    shard.fetch(request("/commit", ids));
  }

  /** The same, and the shard is gone before it could deliver. */
  void askThenCrash(String... ids) {
    shard.fetchThenEvict(request("/commit", ids));
    shard.restart();
  }

  /** Asks for effects in a transaction that fails. */
  void askInVain(String... ids) {
    shard.fetch(request("/fail", ids));
  }

  /** An event that asks for nothing. */
  void touch() {
    shard.fetch(request("/commit"));
  }

  /** How many effects wait, given up or not. */
  int waiting() {
    return (int) host.sql().query("SELECT count(*) FROM \"__lunora_outbox\"").number(0, 0);
  }

  /** Moves the clock and runs the alarm as often as it is due. */
  void pass(long ms) {
    host.clock().advance(ms);
    for (int rings = 0; shard.ring(); rings++) {
      if (rings == 1000) {
        throw new AssertionError("the alarm is due again and again");
      }
    }
  }

  private static FakeHttpRequest request(String path, String... ids) {
    return FakeHttpRequest.post("https://shard" + path, String.join(" ", ids));
  }

  @Override
  public void close() {
    shard.close();
  }

  private final class Place implements Destination {

    @Override
    public String kind() {
      return "letter";
    }

    @Override
    public void deliver(List<Effect> effects, Bindings bindings) {
      for (Effect effect : effects) {
        if (refused.contains(effect.id())) {
          throw new IllegalStateException("refused: " + effect.id());
        }
      }
      batches.add(effects.size());
      effects.forEach(effect -> arrived.add(effect.id()));
    }
  }

  private final class Engine implements ShardHandler {

    private final ShardHost woken;
    private final Outbox outbox;
    private final Release release;

    Engine(ShardHost woken, Background background) {
      this.woken = woken;
      this.outbox = new Outbox(woken);
      this.release = new Release(outbox, background, woken.log(), List.of(new Place()));
    }

    @Override
    public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
      String ids = request.readText(1_000_000);
      try {
        woken.sql().transaction(() -> ask(ids, request.path().equals("/fail")));
        outbox.committed();
      } catch (IllegalArgumentException e) {
        outbox.rolledBack();
      }
      return HttpResponse.text(200, "");
    }

    private @Nullable Void ask(String ids, boolean fails) {
      for (String id : ids.split(" ")) {
        if (!id.isEmpty()) {
          String kind = id.startsWith("lost") ? "nowhere" : "letter";
          outbox.add(kind, new Effect(id, JsonText.of("{}")));
        }
      }
      if (fails) {
        throw new IllegalArgumentException("the mutation fails");
      }
      return null;
    }

    @Override
    public @Nullable PreparedCall prepare(HttpRequest request, String body) {
      return null;
    }

    @Override
    public void alarm(AlarmEvent event, ActionHost actionHost) {
      release.rung();
    }

    @Override
    public void socketMessage(Socket socket, String frame) {}

    @Override
    public void socketClosed(Socket socket) {}
  }
}
