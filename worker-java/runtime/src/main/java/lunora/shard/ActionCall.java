package lunora.shard;

import java.time.Instant;
import java.util.Optional;
import lunora.api.ActionContext;
import lunora.api.ActionScheduler;
import lunora.api.ActionStorage;
import lunora.api.FunctionCall;
import lunora.api.HttpClient;
import lunora.api.JobRun;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.query.FunctionFacts;
import lunora.storage.RemoteStorage;

/** The context of one action. */
final class ActionCall extends FunctionFacts implements ActionContext {

  private final Calls calls;
  private final ActionScope scope;

  ActionCall(ShardHost host, Calls calls, Caller caller, String functionPath, ActionScope scope) {
    super(host, caller, functionPath);
    this.calls = calls;
    this.scope = scope;
  }

  /** The time as it passes: an action is not one moment. */
  @Override
  public Instant now() {
    return Instant.ofEpochMilli(host().clock().nowMs());
  }

  @Override
  public <R> R run(FunctionCall<R> call) {
    return calls.run(call, caller().throughFunction(), scope.deeper());
  }

  @Override
  public ActionStorage storage() {
    if (scope.origin().isEmpty()) {
      throw originUnknown();
    }
    return new RemoteStorage(
        scope.bindings(), scope.origin(), host().clock(), auth(), calls.storageRules());
  }

  @Override
  public ActionScheduler scheduler() {
    return calls.scheduler();
  }

  @Override
  public Optional<JobRun> job() {
    return caller().job();
  }

  @Override
  public HttpClient http() {
    return url -> scope.fetcher().get(url);
  }

  @Override
  public String ownUrl(String path) {
    if (!isOwnPath(path)) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST,
          "the path must begin with one slash: it is one of this deployment");
    }
    if (scope.origin().isEmpty()) {
      throw originUnknown();
    }
    return scope.origin() + path;
  }

  private static LunoraException originUnknown() {
    return new LunoraException(
        ErrorCode.MISCONFIGURED,
        "a job knows no URL of its own: set the variable LUNORA_ORIGIN_URL");
  }

  /** Not so where a reader of URLs could see another host: URLs drop tabs and line breaks. */
  private static boolean isOwnPath(String path) {
    if (!path.startsWith("/") || path.startsWith("//") || path.startsWith("/\\")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) < ' ') {
        return false;
      }
    }
    return true;
  }
}
