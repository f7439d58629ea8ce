package lunora.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.rpc.FunctionRegistry;
import lunora.subscription.Peer;
import lunora.subscription.StreamListener;
import lunora.subscription.StreamRequest;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** The streams of a shard's sockets (protocol section 10). Nothing in here suspends. */
public final class Streams implements StreamListener {

  /** Streams a socket may have at once; docs/LIMITS.md. */
  public static final int PER_SOCKET_MAX = 8;

  private static final String ADMIN_PREFIX = "__lunora_admin__:";
  private static final int PATH_UNITS_SHOWN = 200;

  private final FunctionRegistry functions;
  private final ActionContexts contexts;
  private final StreamTools tools;
  private final DurableStreams durable;
  private final Map<String, Map<String, Reading>> byConnection = new HashMap<>();

  public Streams(
      ShardHost host, Background background, FunctionRegistry functions, ActionContexts contexts) {
    this.functions = functions;
    this.contexts = contexts;
    StreamFrames frames = new StreamFrames(host.texts());
    this.tools = new StreamTools(frames, new Failures(host.log(), frames), background);
    this.durable = new DurableStreams(host, tools);
  }

  @Override
  public void start(Peer peer, StreamRequest request) {
    String id = request.id();
    if (request.functionPath().startsWith(ADMIN_PREFIX)) {
      peer.send(tools.frames().notPublic(id));
      return;
    }
    try {
      begin(peer, request);
    } catch (RuntimeException e) {
      Ending refusal = Ending.error(tools.failures().tail(request.functionPath(), e));
      peer.send(tools.frames().join(tools.frames().head(refusal.type(), id), refusal.tail()));
    }
  }

  private void begin(Peer peer, StreamRequest request) {
    Value.Obj args = decoded(request);
    FunctionDescriptor.OfStream<?> stream = functions.stream(request.functionPath(), peer.caller());
    if (stream == null) {
      throw new LunoraException(
          ErrorCode.NOT_FOUND, "stream not registered: " + shown(request.functionPath()));
    }
    checkRoom(peer, request.id());
    StreamCall<?> call = call(peer, stream, args);
    if (stream.durability() == FunctionDescriptor.Durability.LIVE) {
      Reading reading = new Reading(peer, request.id(), tools, this::forget);
      attach(reading);
      tools.background().start(new LiveStream<>(call, reading, tools));
    } else {
      follow(peer, request, call, RunKey.of(peer, request.functionPath(), args));
    }
  }

  private static Value.Obj decoded(StreamRequest request) {
    try {
      return (Value.Obj) WireCodec.decode(request.args());
    } catch (WireFormatException e) {
      throw new LunoraException(
          ErrorCode.BAD_SUBSCRIPTION_ARGS, "stream args failed wire decoding");
    }
  }

  private static String shown(String path) {
    return path.length() <= PATH_UNITS_SHOWN ? path : path.substring(0, PATH_UNITS_SHOWN) + "...";
  }

  private void checkRoom(Peer peer, String id) {
    Map<String, Reading> readings = byConnection.getOrDefault(peer.connectionId(), Map.of());
    if (readings.containsKey(id)) {
      throw new LunoraException(
          ErrorCode.STREAM_ID_IN_USE, "this socket has a stream of this id already");
    }
    if (readings.size() >= PER_SOCKET_MAX) {
      throw new LunoraException(
          ErrorCode.TOO_MANY_STREAMS,
          "a socket has at most " + PER_SOCKET_MAX + " streams at once");
    }
  }

  private <T extends @Nullable Object> StreamCall<T> call(
      Peer peer, FunctionDescriptor.OfStream<T> stream, Value.Obj args) {
    Args read = stream.signature().read(args);
    String path = stream.signature().path().text();
    return new StreamCall<>(stream, read, contexts.of(peer.caller(), path, peer.origin()));
  }

  private void follow(Peer peer, StreamRequest request, StreamCall<?> call, RunKey key) {
    Run found = durable.find(key, request);
    Run run = found == null ? durable.begin(key) : found;
    Reading reading =
        new Reading(
            peer,
            request.id(),
            tools,
            closed -> {
              forget(closed);
              durable.release(key);
            });
    attach(reading);
    durable.follow(run, request.sinceChunk(), reading);
    if (found == null) {
      durable.start(call, run);
    }
  }

  private void attach(Reading reading) {
    byConnection
        .computeIfAbsent(reading.connectionId(), id -> new HashMap<>())
        .put(reading.id(), reading);
    reading.acknowledge();
  }

  private void forget(Reading reading) {
    Map<String, Reading> readings = byConnection.get(reading.connectionId());
    if (readings != null && readings.remove(reading.id(), reading) && readings.isEmpty()) {
      byConnection.remove(reading.connectionId());
    }
  }

  @Override
  public void cancel(String connectionId, String id) {
    Reading reading = byConnection.getOrDefault(connectionId, Map.of()).get(id);
    if (reading != null) {
      reading.close();
    }
  }

  @Override
  public void closed(String connectionId) {
    for (Reading reading :
        List.copyOf(byConnection.getOrDefault(connectionId, Map.of()).values())) {
      reading.close();
    }
  }
}
