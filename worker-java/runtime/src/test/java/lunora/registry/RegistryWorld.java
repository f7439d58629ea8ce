package lunora.registry;

import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.api.TableWriter;
import lunora.host.inbound.HttpResponse;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Table;
import lunora.shard.ShardActor;
import lunora.testkit.FakeBindings;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.LoopbackShardNamespace;
import org.jspecify.annotations.Nullable;

/** A shard with a sharded table and one that is not, before a registry. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
final class RegistryWorld implements AutoCloseable {

  /** A post in a room. */
  record Post(String room) {}

  private static final Field<Post, String> ROOM = Field.of("room", Codecs.STRING, Post::room);
  private static final Table<Post> POSTS =
      Table.<Post>named("posts")
          .field(ROOM)
          .shardBy(ROOM)
          .construct(row -> new Post(row.get(ROOM)));
  private static final Table<Post> DRAFTS =
      Table.<Post>named("drafts").field(ROOM).construct(row -> new Post(row.get(ROOM)));

  private static final Param<Id<Post>> P_ID = Param.of("id", Codecs.id());

  static final AppModule APP =
      AppModule.create()
          .table(POSTS)
          .table(DRAFTS)
          .mutation(
              FunctionDescriptor.named("posts:add")
                  .returns(Codecs.<Post>id())
                  .mutation((ctx, args) -> ctx.table(POSTS).insert(new Post("r"))))
          .mutation(
              FunctionDescriptor.named("posts:fail")
                  .returns(Codecs.<Post>id())
                  .mutation(
                      (ctx, args) -> {
                        ctx.table(POSTS).insert(new Post("r"));
                        throw new IllegalArgumentException("the mutation fails");
                      }))
          .mutation(
              FunctionDescriptor.named("posts:remove")
                  .param(P_ID)
                  .mutation((ctx, args) -> removed(ctx.table(POSTS), args.get(P_ID))))
          .mutation(
              FunctionDescriptor.named("drafts:add")
                  .returns(Codecs.<Post>id())
                  .mutation((ctx, args) -> ctx.table(DRAFTS).insert(new Post("r"))))
          .build();

  private static @Nullable Void removed(TableWriter<Post> posts, Id<Post> id) {
    posts.delete(id);
    return null;
  }

  final FakeClock clock = new FakeClock();
  private final FakeBindings bindings = new FakeBindings();
  final LoopbackShardNamespace registries =
      new LoopbackShardNamespace(
          key ->
              new FakeShard(
                  FakeShardHost.inMemory(key, clock, new FakeFetcher(), bindings),
                  RegistryActor::new));
  final FakeShardHost host = FakeShardHost.inMemory("room", clock, new FakeFetcher(), bindings);
  final FakeShard shard =
      new FakeShard(host, (woken, background) -> new ShardActor(woken, background, APP));

  RegistryWorld() {
    bindings.bind(RegistryClient.BINDING, registries);
  }

  static FakeHttpRequest call(String path, String args) {
    return FakeHttpRequest.post(
        "https://shard/rpc", "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}");
  }

  /** Calls a function of the shard; gives the whole answer. */
  String run(String path, String args) {
    return ((HttpResponse.Json) shard.fetch(call(path, args))).body().toString();
  }

  /** Adds posts; gives the id of the last. */
  String add(int count) {
    String answer = "";
    for (int i = 0; i < count; i++) {
      answer = run("posts:add", "{}");
    }
    return answer.substring("{\"result\":\"".length(), answer.length() - 2);
  }

  /** What the registry answers. */
  String ask(FakeHttpRequest request) {
    HttpResponse answer = registries.shard(RegistryClient.INSTANCE).fetch(request);
    return ((HttpResponse.Json) answer).body().toString();
  }

  /** The shards of posts as the registry lists them, with their rows: {@code room=3}. */
  String listed() {
    StringBuilder listed = new StringBuilder();
    for (String part :
        ask(FakeHttpRequest.get("https://registry/snapshot")).split("\"shardKey\":\"")) {
      int rows = part.indexOf("\",\"rows\":");
      if (rows > 0) {
        listed.append(part, 0, rows).append('=');
        listed.append(part, rows + "\",\"rows\":".length(), part.indexOf(",\"usedAt\""));
        listed.append(' ');
      }
    }
    return listed.toString().strip();
  }

  /** Moves the clock and runs the alarm as often as it is due. */
  void pass(long ms) {
    clock.advance(ms);
    for (int rings = 0; shard.ring(); rings++) {
      if (rings == 1000) {
        throw new AssertionError("the alarm is due again and again");
      }
    }
  }

  @Override
  public void close() {
    shard.close();
    registries.close();
  }
}
