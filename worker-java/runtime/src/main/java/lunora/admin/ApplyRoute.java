package lunora.admin;

import java.util.ArrayList;
import java.util.List;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.rpc.InputFields;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST apply {batches: [{shardKey, changes}]}}: writes to shards what {@code sync} told of
 * others (protocol section 15.3). A batch is one transaction; batches are independent.
 */
public final class ApplyRoute {

  /** One after the other: two batches of one shard are in their order. */
  private static final int AT_ONCE = 1;

  private static final long TIMEOUT_MS = 10_000;

  private ApplyRoute() {}

  /** Adds {@code apply}. */
  public static void add(AdminRoutes routes) {
    routes.add("POST apply", ApplyRoute::answer);
  }

  private static HttpResponse answer(HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.body(request);
    List<Value> global = new InputFields(body).itemsOrNull("globalChanges");
    if (global != null && !global.isEmpty()) {
      throw new LunoraException(
          ErrorCode.GLOBAL_NOT_CONFIGURED, "changes of global tables are not applied");
    }
    List<ShardPost> posts = posts(body);
    List<ShardReply> replies = host.shards().postAll(posts, AT_ONCE, TIMEOUT_MS);
    double applied = 0;
    int ok = 0;
    JsonWriter errors = new JsonWriter();
    String before = "";
    for (int i = 0; i < posts.size(); i++) {
      Value.Obj answer = bodyOf(replies.get(i));
      Double count = appliedBy(answer);
      if (count != null) {
        applied += count;
        ok++;
        continue;
      }
      errors.raw(before).raw("{\"shardKey\":").string(posts.get(i).shardKey());
      errors.raw(",\"message\":").string(message(answer)).raw("}");
      before = ",";
    }
    JsonWriter json = new JsonWriter().raw("{\"applied\":").number(applied);
    json.raw(",\"ok\":").number(ok).raw(",\"failed\":").number(posts.size() - ok);
    json.raw(",\"errors\":[").json(errors.finish());
    return RpcResponses.json(200, json.raw("]}").finish());
  }

  private static List<ShardPost> posts(Value.Obj body) {
    if (!(body.fields().get("batches") instanceof Value.Arr batches)) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "`batches` must be a list");
    }
    List<ShardPost> posts = new ArrayList<>();
    for (Value each : batches.items()) {
      if (!(each instanceof Value.Obj batch)
          || !(batch.fields().get("changes") instanceof Value.Arr changes)) {
        throw new LunoraException(ErrorCode.INVALID_INPUT, "a batch is {shardKey, changes}");
      }
      String shardKey = AdminInput.text(batch, "shardKey");
      JsonWriter call = new JsonWriter().raw("{\"functionPath\":");
      call.string(ShardRequests.ADMIN_PREFIX + "applyCdc").raw(",\"args\":{\"changes\":");
      Json.write(changes, call);
      String text = call.raw("}}").finish().toString();
      posts.add(new ShardPost(shardKey, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), text));
    }
    return posts;
  }

  static Value.@Nullable Obj bodyOf(ShardReply reply) {
    return reply instanceof ShardReply.Answered answered
            && Json.read(answered.body()) instanceof Value.Obj object
        ? object
        : null;
  }

  private static @Nullable Double appliedBy(Value.@Nullable Obj answer) {
    return answer != null
            && answer.fields().get("result") instanceof Value.Obj result
            && result.fields().get("applied") instanceof Value.Num number
        ? number.value()
        : null;
  }

  /** Why a shard did not do what it was asked to. */
  static String message(Value.@Nullable Obj answer) {
    return answer != null
            && answer.fields().get("error") instanceof Value.Obj error
            && error.fields().get("message") instanceof Value.Str message
        ? message.value()
        : "did not answer";
  }
}
