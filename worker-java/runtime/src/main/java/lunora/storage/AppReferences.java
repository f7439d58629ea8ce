package lunora.storage;

import java.util.ArrayList;
import java.util.List;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.ShardRequests;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The files that the app's own rows name: a function of the app knows.
 *
 * @param function its path, empty for none: then they name nothing
 * @param shardKey the shard that is asked
 */
record AppReferences(String function, String shardKey) {

  /** Those of the keys that the app's rows do not name. May suspend. */
  List<String> unreferenced(List<String> keys, WorkerHost host) {
    if (function.isEmpty() || keys.isEmpty()) {
      return keys;
    }
    JsonText args = FileLedger.withKeys(keys).raw("}").finish();
    JsonWriter body = new JsonWriter().raw("{\"functionPath\":").string(function);
    String text = body.raw(",\"args\":").json(args).raw("}").finish().toString();
    HttpResponse.Json answer =
        host.shards().post(shardKey, ShardRequests.RPC_PATH, IdentityHeaders.ofSystem(), text);
    List<String> rest = new ArrayList<>(keys);
    rest.removeAll(named(answer));
    return rest;
  }

  /** Whatever is no list of keys is no answer: then nothing is deleted. */
  private List<String> named(HttpResponse.Json answer) {
    @Nullable Value result =
        answer.status() == 200 ? FileLedger.read(answer.body()).fields().get("result") : null;
    if (result instanceof Value.Arr list) {
      List<String> keys = FileLedger.texts(list);
      if (keys.size() == list.items().size()) {
        return keys;
      }
    }
    throw new LunoraException(
        ErrorCode.SHARD_ERROR, function + " does not say which files it names");
  }
}
