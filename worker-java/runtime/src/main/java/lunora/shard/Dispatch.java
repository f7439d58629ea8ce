package lunora.shard;

import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.auth.IdentityHeaders;
import lunora.global.GlobalAnswer;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.inspect.ShardOps;
import lunora.oplog.Oplog;
import lunora.query.TableMarks;
import lunora.replay.AnswerStore;
import lunora.replay.ClientMarks;
import lunora.rpc.BatchEnvelope;
import lunora.rpc.CallCounts;
import lunora.rpc.ErrorBody;
import lunora.rpc.FunctionRegistry;
import lunora.rpc.ReplayKey;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that came by request: finds the function, recognises what was sent before, and puts
 * the outcome into an envelope (protocol sections 3.5 and 9). May suspend, in actions and over
 * global tables only.
 */
final class Dispatch {

  private final ShardHost host;
  private final Oplog oplog;
  private final FunctionRegistry functions;
  private final Calls calls;
  private final AnswerStore answers;
  private final NumberedMutations numbered;
  private final CallLog log;
  private final GlobalDispatch globals;
  private final KnownAnswers known = new KnownAnswers();
  private final CallCounts counts;

  Dispatch(
      ShardHost host,
      Oplog oplog,
      FunctionRegistry functions,
      Calls calls,
      ClientMarks marks,
      CallLog log,
      GlobalDispatch globals) {
    this.host = host;
    this.oplog = oplog;
    this.functions = functions;
    this.calls = calls;
    this.answers = new AnswerStore(host);
    this.numbered = new NumberedMutations(host, calls, marks);
    this.log = log;
    this.globals = globals;
    this.counts = new CallCounts(host.clock().nowMs());
  }

  /** How often what was called. */
  CallCounts counts() {
    return counts;
  }

  /** An answer that is known before anything runs. */
  private record Ready(HttpResponse.Json answer) implements PreparedAnswer {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /**
   * A call of a query or mutation.
   *
   * @param text the call as it came, or null when it came among others
   */
  private record Prepared(
      Dispatch dispatch,
      RpcEnvelope envelope,
      ReplayKey key,
      Caller caller,
      @Nullable String text,
      boolean writes)
      implements PreparedAnswer {
    @Override
    public HttpResponse.Json answer() {
      try {
        HttpResponse.Json answer = dispatch.call(envelope, key, caller, text);
        dispatch.counts.called(envelope.functionPath());
        return answer;
      } catch (RuntimeException e) {
        dispatch.countFailed(envelope.functionPath());
        return dispatch.failed(envelope.functionPath(), e);
      }
    }
  }

  /** Reads the text of a call; null for an action. Never throws, never suspends. */
  @Nullable PreparedAnswer prepare(String text, HttpRequest request) {
    ReplayKey key = ReplayKey.of(request);
    HttpResponse.Json before = key.mutationId() == null ? known.find(text) : null;
    if (before != null) {
      counts.answeredBefore();
      return new Ready(before);
    }
    try {
      return prepare(RpcEnvelope.read(text), key, IdentityHeaders.read(request), text);
    } catch (RuntimeException e) {
      return new Ready(failed(request.path(), e));
    }
  }

  private @Nullable PreparedAnswer prepare(
      RpcEnvelope envelope, ReplayKey key, Caller caller, @Nullable String text) {
    String path = envelope.functionPath();
    boolean writes = functions.mutation(path, caller) != null;
    if (!writes && functions.maySuspend(path, caller)) {
      return null;
    }
    return new Prepared(this, envelope, key, caller, text, writes);
  }

  /** Answers one call; never throws. May suspend. */
  HttpResponse.Json answer(RpcEnvelope envelope, ReplayKey key, Incoming incoming) {
    PreparedAnswer now = prepare(envelope, key, incoming.caller(), null);
    if (now != null) {
      return now.answer();
    }
    // Read before: TeaVM would read it in the catch from a variable that the try block sets.
    String path = envelope.functionPath();
    try {
      HttpResponse.Json acted = act(envelope, key, incoming);
      counts.called(path);
      return acted;
    } catch (RuntimeException e) {
      countFailed(path);
      return failed(path, e);
    }
  }

  /** Carries out an operation of the admin plane. Never suspends. */
  HttpResponse.Json operate(RpcEnvelope envelope, ShardOps operations) {
    String name = envelope.functionPath().substring(ShardRequests.ADMIN_PREFIX.length());
    return succeeded(operations.run(name, envelope.decodedArgs()), null);
  }

  private void countFailed(String path) {
    counts.failed(path, functions.knows(path));
  }

  /** The answer to a request that failed. */
  HttpResponse.Json failed(String what, RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "a call failed: " + what, thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  /** Answers the calls of a batch one after another, each as if it had come alone. */
  HttpResponse.Json batch(BatchEnvelope batch, Incoming incoming) {
    JsonSink sink = host.texts().sink().raw("{\"results\":[");
    String before = "{\"id\":";
    Incoming next = incoming;
    for (BatchEnvelope.Entry entry : batch.entries()) {
      CallLog.Begun begun = log.begin(next.request());
      HttpResponse.Json slot = answer(entry.call(), entry.replay(), next);
      log.ended(begun, entry.call(), slot);
      next = next.after(slot);
      sink.raw(before).number(entry.id()).raw(",\"status\":").number(slot.status());
      sink.raw(",\"body\":").json(slot.body()).raw("}");
      before = ",{\"id\":";
    }
    HttpResponse.Json answer = RpcResponses.json(200, sink.raw("]}").finish());
    String seen = next.bookmark();
    return next == incoming || seen == null
        ? answer
        : answer.with(ShardRequests.BOOKMARK_HEADER, seen);
  }

  private HttpResponse.Json call(
      RpcEnvelope envelope, ReplayKey key, Caller caller, @Nullable String text) {
    String path = envelope.functionPath();
    FunctionDescriptor.OfMutation<?> mutation = functions.mutation(path, caller);
    HttpResponse.Json pushed =
        mutation == null ? null : numbered.push(mutation, envelope, key, caller);
    if (pushed != null) {
      return pushed;
    }
    String id = key.mutationId();
    String namespace = AnswerStore.namespace(caller, key.clientId());
    JsonText given = answers.find(namespace, id);
    if (given != null) {
      return succeeded(given, id);
    }
    Value.Obj args = envelope.decodedArgs();
    if (mutation != null) {
      CommitNote note =
          id == null || namespace == null
              ? CommitNote.NONE
              : result -> answers.put(namespace, id, result);
      return succeeded(calls.mutate(mutation, args, caller, note).result(), id);
    }
    FunctionDescriptor.OfQuery<?> query = functions.query(path, caller);
    if (query != null) {
      TableMarks read = new TableMarks();
      HttpResponse.Json answer = succeeded(calls.query(query, args, caller, read), id);
      if (text != null && id == null && caller.origin() == Caller.Origin.CLIENT) {
        known.put(text, answer, read);
      }
      return answer;
    }
    throw FunctionRegistry.notFound(path);
  }

  private HttpResponse.Json act(RpcEnvelope envelope, ReplayKey key, Incoming incoming) {
    Caller caller = incoming.caller();
    if (globals.has(envelope.functionPath(), caller)) {
      GlobalAnswer answer = globals.call(envelope, key, incoming);
      HttpResponse.Json json = succeeded(answer.result(), key.mutationId());
      String bookmark = answer.bookmark();
      return bookmark == null ? json : json.with(ShardRequests.BOOKMARK_HEADER, bookmark);
    }
    FunctionDescriptor.OfAction<?> action = functions.action(envelope.functionPath(), caller);
    if (action == null) {
      throw FunctionRegistry.notFound(envelope.functionPath());
    }
    // An action keeps no answer, but an id that a mutation used answers for it too.
    JsonText given = answers.find(AnswerStore.namespace(caller, key.clientId()), key.mutationId());
    if (given != null) {
      return succeeded(given, key.mutationId());
    }
    JsonText result = calls.act(action, envelope.decodedArgs(), caller, incoming.scope());
    return succeeded(result, key.mutationId());
  }

  private HttpResponse.Json succeeded(JsonText result, @Nullable String mutationId) {
    JsonSink sink = host.texts().sink().raw("{\"result\":").json(result);
    if (mutationId != null) {
      sink.raw(",\"commitCursor\":").number(oplog.head());
    }
    return RpcResponses.json(200, sink.raw("}").finish());
  }
}
