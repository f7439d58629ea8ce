package lunora.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Background;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * The board of one global table: {@code POST /watch {shardKey}} by a shard where somebody watches,
 * {@code POST /changed {table, bookmark?}} by one that wrote. It tells the watching shards, six at
 * a time; changes that come meanwhile are told together. A shard that answers that nobody watches
 * any more is forgotten. Only the deployment's own code reaches it.
 */
public final class BoardActor implements ShardHandler, Background.Task {

  private static final int AT_ONCE = 6;
  private static final int WAVE = 120;
  private static final long TIMEOUT_MS = 5_000;

  /** After which a round that nothing is heard of is taken up by the alarm. */
  private static final long RESUME_AFTER_MS = 10_000;

  private static final JsonText DONE = JsonText.of("{\"ok\":true}");

  private final ShardHost host;
  private final Background background;
  private final BoardStore store;
  private final String table;
  private boolean running;

  public BoardActor(ShardHost host, Background background) {
    this.host = host;
    this.background = background;
    this.store = new BoardStore(host.sql());
    this.table = host.shardKey().substring(ChangeBoard.INSTANCE_PREFIX.length());
  }

  /** Whether an object of the class is a board. */
  public static boolean isBoard(String name) {
    return name.startsWith(ChangeBoard.INSTANCE_PREFIX);
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    String body;
    try {
      body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    } catch (LunoraException e) {
      return refused(e);
    }
    return answer(request.path(), body);
  }

  @Override
  public PreparedCall prepare(HttpRequest request, String body) {
    return new Asked(this, request.path(), body);
  }

  private record Asked(BoardActor board, String path, String body) implements PreparedCall {

    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public HttpResponse answer() {
      return board.answer(path, body);
    }
  }

  private HttpResponse.Json answer(String path, String body) {
    try {
      return switch (path) {
        case ChangeBoard.WATCH -> watch(body);
        case ChangeBoard.CHANGED -> changed(Change.read(body));
        default -> RpcResponses.json(404, JsonText.of("{\"error\":{\"code\":\"NOT_FOUND\"}}"));
      };
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private HttpResponse.Json watch(String body) {
    store.watch(shardKey(body));
    String bookmark = store.head().bookmark();
    JsonSink sink = host.texts().sink().raw("{\"bookmark\":");
    if (bookmark == null) {
      sink.raw("null");
    } else {
      sink.string(bookmark);
    }
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static String shardKey(String body) {
    try {
      if (Json.read(body) instanceof Value.Obj object
          && object.fields().get("shardKey") instanceof Value.Str key) {
        return key.value();
      }
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "send JSON");
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`shardKey` must be a string");
  }

  private HttpResponse.Json changed(Change change) {
    BoardStore.Head head = store.head();
    boolean known = change.bookmark() != null;
    store.changed(known ? Change.later(head.bookmark(), change.bookmark()) : null);
    if (store.due().isPresent()) {
      host.alarm().set(host.clock().nowMs() + RESUME_AFTER_MS);
      start();
    }
    return RpcResponses.json(200, DONE);
  }

  private void start() {
    if (!running) {
      running = true;
      background.start(this);
    }
  }

  /** Tells everybody who is behind. */
  @Override
  public void run() {
    ShardNamespace shards = background.bindings().shards();
    List<String> behind = store.behind(host.clock().nowMs(), WAVE);
    while (!behind.isEmpty()) {
      BoardStore.Head head = store.head();
      List<ShardPost> posts = posts(behind, head);
      List<ShardReply> replies = shards.postAll(posts, AT_ONCE, TIMEOUT_MS);
      for (int i = 0; i < replies.size(); i++) {
        settle(behind.get(i), head.changes(), replies.get(i));
      }
      behind = store.behind(host.clock().nowMs(), WAVE);
    }
    running = false;
    arm();
  }

  private List<ShardPost> posts(List<String> shardKeys, BoardStore.Head head) {
    String body = new Change(table, head.bookmark()).text().toString();
    List<ShardPost> posts = new ArrayList<>();
    for (String shardKey : shardKeys) {
      posts.add(new ShardPost(shardKey, Change.SHARD_PATH, Map.of(), body));
    }
    return posts;
  }

  private void settle(String shardKey, long changes, ShardReply reply) {
    if (!(reply instanceof ShardReply.Answered answered) || answered.status() != 200) {
      host.log().log(LogSink.Level.WARN, "a shard was not told of a change to " + table, null);
      store.failed(shardKey, host.clock().nowMs());
    } else if (answered.body().equals(Watching.NOBODY)) {
      store.left(shardKey, changes);
    } else {
      store.told(shardKey, changes);
    }
  }

  @Override
  public void failed(Throwable failure) {
    running = false;
    host.log().log(LogSink.Level.ERROR, "the board of " + table + " broke off", failure);
    host.alarm().set(host.clock().nowMs() + RESUME_AFTER_MS);
  }

  @Override
  public void alarm(AlarmEvent event, ActionHost actionHost) {
    if (store.due().isPresent()) {
      start();
    }
  }

  private void arm() {
    OptionalLong due = store.due();
    if (due.isPresent()) {
      host.alarm().set(Math.max(due.getAsLong(), host.clock().nowMs()));
    }
  }

  private HttpResponse.Json refused(RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "the board of " + table + " failed", thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  /** Nobody opens a socket here. */
  @Override
  public void socketMessage(Socket socket, String frame) {}

  @Override
  public void socketClosed(Socket socket) {}
}
