package lunora.shard;

import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.ShardHost;
import lunora.replay.ClientMarks;
import lunora.rpc.ReplayKey;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Mutations that a client numbers, each applied once and in their order (protocol section 9.2).
 * Never suspends.
 */
final class NumberedMutations {

  private final ShardHost host;
  private final Calls calls;
  private final ClientMarks marks;

  NumberedMutations(ShardHost host, Calls calls, ClientMarks marks) {
    this.host = host;
    this.calls = calls;
    this.marks = marks;
  }

  /**
   * Applies a numbered mutation if it is the client's next. One that was applied before is answered
   * with the client's last number, one that comes too early is refused with the number expected.
   *
   * @return null when the call has no number, or the mutation wants none
   */
  HttpResponse.@Nullable Json push(
      FunctionDescriptor.OfMutation<?> mutation,
      RpcEnvelope envelope,
      ReplayKey key,
      Caller caller) {
    String clientId = key.clientId();
    Long sequence = key.clientSeq();
    if (mutation.replay() != FunctionDescriptor.Replay.BY_SEQUENCE
        || clientId == null
        || sequence == null) {
      return null;
    }
    ClientMarks.Client client = new ClientMarks.Client(caller.userKey(), clientId);
    long number = sequence;
    marks.open();
    long last = marks.last(client);
    if (number <= last) {
      return applied(JsonText.of("null"), last);
    }
    if (number > last + 1) {
      return outOfOrder(last + 1);
    }
    CommitNote note = result -> marks.advance(client, number);
    JsonText result = calls.mutate(mutation, envelope.decodedArgs(), caller, note).result();
    marks.advanced(client, number);
    return applied(result, number);
  }

  private HttpResponse.Json applied(JsonText result, long last) {
    JsonSink sink = host.texts().sink().raw("{\"lastMutationId\":").number(last);
    return RpcResponses.json(200, sink.raw(",\"result\":").json(result).raw("}").finish());
  }

  private HttpResponse.Json outOfOrder(long expected) {
    ErrorCode code = ErrorCode.OUT_OF_ORDER;
    JsonSink sink = host.texts().sink().raw("{\"error\":{\"code\":").string(code.name());
    sink.raw(",\"expectedMutationId\":").number(expected);
    sink.raw(",\"message\":").string("out-of-order mutation; expected sequence " + expected);
    return RpcResponses.json(code.status(), sink.raw("}}").finish());
  }
}
