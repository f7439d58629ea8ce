package lunora.shard;

import java.util.HashSet;
import java.util.Set;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.global.GlobalAnswer;
import lunora.global.GlobalCalls;
import lunora.host.local.ShardHost;
import lunora.replay.AnswerStore;
import lunora.rpc.FunctionRegistry;
import lunora.rpc.ReplayKey;
import lunora.rpc.RpcEnvelope;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Calls of functions over global tables, recognised when they are sent again. */
final class GlobalDispatch {

  private final FunctionRegistry functions;
  private final GlobalCalls calls;
  private final AnswerStore answers;

  /** Mutations on their way, which others may overtake. */
  private final Set<Sent> running = new HashSet<>();

  /** Whose mutation, and how they call it. */
  private record Sent(String namespace, String id) {}

  GlobalDispatch(ShardHost host, FunctionRegistry functions, GlobalCalls calls) {
    this.functions = functions;
    this.calls = calls;
    this.answers = new AnswerStore(host);
  }

  /** Whether the path names such a function that the caller may call. Never suspends. */
  boolean has(String path, Caller caller) {
    return calls.has(path, caller);
  }

  /**
   * Runs a call, unless it is a mutation that was answered before. May suspend.
   *
   * <p>One that is sent again while it runs is not run beside itself: the sender is told to ask
   * once more, as of a shard that is out of reach, and gets the answer then.
   *
   * <p>The answer is kept after the commit, which is another database's: a crash in between loses
   * it.
   */
  GlobalAnswer call(RpcEnvelope envelope, ReplayKey key, Incoming incoming) {
    Caller caller = incoming.caller();
    String path = envelope.functionPath();
    String id = functions.globalMutation(path, caller) == null ? null : key.mutationId();
    String namespace = id == null ? null : AnswerStore.namespace(caller, key.clientId());
    if (id == null || namespace == null) {
      return calls.call(path, envelope.decodedArgs(), caller, incoming.global());
    }
    JsonText given = answers.find(namespace, id);
    if (given != null) {
      @Nullable String newest = calls.newest(incoming.global());
      return new GlobalAnswer(given, newest);
    }
    Sent sent = new Sent(namespace, id);
    if (!running.add(sent)) {
      throw new LunoraException(
          ErrorCode.SHARD_UNAVAILABLE, "this mutation is being carried out: send it again");
    }
    Outcome outcome = callOnce(envelope, incoming);
    running.remove(sent);
    GlobalAnswer answer = outcome.answer();
    if (answer == null) {
      RuntimeException failure = outcome.failure();
      throw failure == null ? new IllegalStateException("no answer") : failure;
    }
    answers.put(namespace, id, answer.result());
    return answer;
  }

  /** One of both. */
  private record Outcome(@Nullable GlobalAnswer answer, @Nullable RuntimeException failure) {}

  /** Apart, since TeaVM may lose the variables of a fiber in what catches. */
  private Outcome callOnce(RpcEnvelope envelope, Incoming incoming) {
    try {
      GlobalAnswer answer =
          calls.call(
              envelope.functionPath(),
              envelope.decodedArgs(),
              incoming.caller(),
              incoming.global());
      return new Outcome(answer, null);
    } catch (RuntimeException e) {
      return new Outcome(null, e);
    }
  }
}
