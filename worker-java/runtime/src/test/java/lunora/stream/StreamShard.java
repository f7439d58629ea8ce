package lunora.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.api.StreamContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;

/** A shard of streams, and what its clients say. */
final class StreamShard implements AutoCloseable {

  private static final Param<Integer> TO = Param.of("to", Codecs.INT);
  private static final Param<Optional<Integer>> EVERY_MS =
      Param.of("everyMs", Codecs.optional(Codecs.INT));

  /** What the streams that note something noted. */
  private final List<String> notes = new ArrayList<>();

  private final FakeShardHost host = FakeShardHost.inMemory("room");
  private final FakeShard shard;

  StreamShard() {
    AppModule app = app();
    shard = new FakeShard(host, (h, background) -> new ShardActor(h, background, app));
  }

  private AppModule app() {
    return AppModule.create().include(TestApp.module()).stream(
            counting("test:count")
                .liveStream((ctx, args) -> count(ctx, args.get(TO), args.get(EVERY_MS))))
        .stream(
            counting("test:durable")
                .durableStream((ctx, args) -> count(ctx, args.get(TO), args.get(EVERY_MS))))
        .stream(
            FunctionDescriptor.named("test:endless")
                .returns(Codecs.INT)
                .liveStream(
                    (ctx, args) -> {
                      // Its client cancels as soon as it can be heard.
                      FakeSocket client = (FakeSocket) host.sockets().all().get(0);
                      host.deferred().afterResponse(() -> unsubscribe(client, "s"));
                      count(ctx, Integer.MAX_VALUE, Optional.empty());
                    }))
        .stream(
            FunctionDescriptor.internal("test:internal")
                .returns(Codecs.INT)
                .liveStream((ctx, args) -> ctx.emit(1)))
        .stream(
            FunctionDescriptor.named("test:refuse")
                .returns(Codecs.INT)
                .durableStream(
                    (ctx, args) -> {
                      ctx.emit(1);
                      throw new LunoraException(ErrorCode.CONFLICT, "no more").withHint("stop");
                    }))
        .stream(
            FunctionDescriptor.named("test:bug")
                .returns(Codecs.INT)
                .liveStream(
                    (ctx, args) -> {
                      throw new IllegalStateException("a secret detail");
                    }))
        .stream(
            FunctionDescriptor.named("test:huge")
                .param(TO)
                .returns(Codecs.STRING)
                .liveStream((ctx, args) -> ctx.emit("x".repeat(args.get(TO)))))
        .stream(
            FunctionDescriptor.named("test:hugeDurable")
                .param(TO)
                .returns(Codecs.STRING)
                .durableStream((ctx, args) -> stubborn(ctx, args.get(TO))))
        .stream(
            FunctionDescriptor.named("test:calls")
                .returns(Codecs.INT)
                .liveStream(
                    (ctx, args) -> {
                      ctx.emit(ctx.run(add()));
                      ctx.sleep(1000);
                      ctx.emit(ctx.run(add()));
                      notes.add(ctx.auth().map(who -> who.userId()).orElse("nobody"));
                      notes.add(ctx.ownUrl("/x"));
                      notes.add("" + ctx.http().get("https://x.test/").status());
                    }))
        .build();
  }

  private static FunctionDescriptor.Builder<Integer> counting(String path) {
    return FunctionDescriptor.named(path).param(TO).param(EVERY_MS).returns(Codecs.INT);
  }

  private static FunctionCall<Integer> add() {
    return FunctionCall.of(TestApp.ADD)
        .with(Param.of("name", Codecs.STRING), "a")
        .with(Param.of("by", Codecs.INT), 1)
        .build();
  }

  private void count(StreamContext<Integer> ctx, int to, Optional<Integer> everyMs) {
    try {
      for (int i = 1; i <= to; i++) {
        ctx.emit(i);
        if (everyMs.isPresent()) {
          ctx.sleep(everyMs.get());
        }
      }
      notes.add("counted");
    } catch (RuntimeException e) {
      notes.add(e.getClass().getSimpleName() + " " + ctx.isCancelled());
      throw e;
    }
  }

  /** Emits what does not fit as well, and does not mind. */
  private void stubborn(StreamContext<String> ctx, int units) {
    String text = "x".repeat(units);
    for (int i = 0; i < 200; i++) {
      try {
        ctx.emit(text);
      } catch (LunoraException e) {
        notes.add(e.code());
        return;
      }
    }
  }

  /** Takes what was noted since the last call. */
  List<String> notes() {
    List<String> taken = List.copyOf(notes);
    notes.clear();
    return taken;
  }

  FakeShard shard() {
    return shard;
  }

  FakeShardHost host() {
    return host;
  }

  void advance(long ms) {
    host.clock().advance(ms);
  }

  /** A socket of an anonymous client that said who it is. */
  FakeSocket client(String clientId) {
    FakeSocket socket = connect("", 0);
    shard.message(
        socket, "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"" + clientId + "\"}");
    return socket;
  }

  /** A socket of a user, whose identity ends then unless it is 0. */
  FakeSocket connect(String userId, long expiresAtMs) {
    FakeHttpRequest upgrade = FakeHttpRequest.upgrade("https://shard.internal/ws");
    upgrade.header("x-lunora-origin", "https://app.test");
    if (!userId.isEmpty()) {
      upgrade.header("x-lunora-userid", userId);
    }
    if (expiresAtMs > 0) {
      upgrade.header("x-lunora-identity-exp", Long.toString(expiresAtMs));
    }
    return shard.connect(upgrade);
  }

  /** Asks for a stream; {@code more} is further members of the frame. */
  void stream(FakeSocket socket, String id, String path, String args, String more) {
    shard.message(
        socket,
        "{\"type\":\"stream\",\"id\":\""
            + id
            + "\",\"query\":{\"functionPath\":\""
            + path
            + "\",\"args\":"
            + args
            + "}"
            + more
            + "}");
  }

  void unsubscribe(FakeSocket socket, String id) {
    shard.message(socket, "{\"type\":\"unsubscribe\",\"id\":\"" + id + "\"}");
  }

  /** The frames since the last call, without what names the run of a durable stream. */
  static List<String> drain(FakeSocket socket) {
    List<String> frames = new ArrayList<>();
    for (String frame : socket.drain()) {
      frames.add(
          frame
              .replaceAll(",\"generation\":\\d+}$", "}")
              .replace("{\"type\":\"", "")
              .replace("\",\"id\":\"", " ")
              .replace("\",\"data\":", " = ")
              .replace(",\"seq\":", " #")
              .replaceAll("\"?}$", ""));
    }
    return frames;
  }

  /** {@code chunk id = from} and so on, numbered as those of a durable stream. */
  static List<String> numbered(String id, int from, int to) {
    List<String> frames = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      frames.add("chunk " + id + " = " + i + " #" + i);
    }
    return frames;
  }

  /** The generation that the last chunk named. */
  static String generation(List<String> frames) {
    String last = frames.get(frames.size() - 1);
    return last.replaceAll(".*\"generation\":(\\d+)}$", "$1");
  }

  /** {@code ,"sinceChunk":chunk,"generation":generation}. */
  static String since(Object chunk, Object generation) {
    return ",\"sinceChunk\":" + chunk + ",\"generation\":" + generation;
  }

  @Override
  public void close() {
    shard.close();
  }
}
