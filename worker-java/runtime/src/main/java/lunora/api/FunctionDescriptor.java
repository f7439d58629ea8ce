package lunora.api;

import java.util.ArrayList;
import java.util.List;
import lunora.schema.Codec;
import lunora.schema.Codecs;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * One function of an app: its path, parameters, result and body. The kinds are separate types with
 * separate handlers, since only actions and streams may suspend (docs/adr/0001-async-model.md).
 *
 * @param <R> what it answers; what it emits, for a stream
 */
public sealed interface FunctionDescriptor<R extends @Nullable Object> {

  /** Who may call a function. */
  enum Visibility {
    /** Any client. */
    PUBLIC,
    /** Other functions and the system. A client is told that there is no such function. */
    INTERNAL
  }

  /** What all kinds have in common. */
  record Signature<R extends @Nullable Object>(
      FunctionPath path, Visibility visibility, List<Param<?>> params, Codec<R> result) {

    /** Validates a call's decoded arguments. */
    public Args read(Value.Obj args) {
      return Args.read(params, args);
    }
  }

  /** Path, parameters and result. */
  Signature<R> signature();

  /** A query. */
  record OfQuery<R extends @Nullable Object>(Signature<R> signature, QueryHandler<R> handler)
      implements FunctionDescriptor<R> {}

  /** How a mutation that is sent again is recognised. */
  enum Replay {
    /** By its id alone. */
    BY_ID,
    /** By its number in the client's sequence, when the client sends one; else by its id. */
    BY_SEQUENCE
  }

  /** A mutation. */
  record OfMutation<R extends @Nullable Object>(
      Signature<R> signature, Replay replay, MutationHandler<R> handler)
      implements FunctionDescriptor<R> {}

  /** An action. */
  record OfAction<R extends @Nullable Object>(Signature<R> signature, ActionHandler<R> handler)
      implements FunctionDescriptor<R> {}

  /** A query over global tables. */
  record OfGlobalQuery<R extends @Nullable Object>(
      Signature<R> signature, GlobalQueryHandler<R> handler) implements FunctionDescriptor<R> {}

  /** A mutation over global tables. */
  record OfGlobalMutation<R extends @Nullable Object>(
      Signature<R> signature, GlobalMutationHandler<R> handler) implements FunctionDescriptor<R> {}

  /** What becomes of a stream whose client goes away. */
  enum Durability {
    /** It ends. */
    LIVE,
    /** It runs on, and what it emits is stored for a day, to be read on. */
    DURABLE
  }

  /** A stream; its result is what it emits. */
  record OfStream<R extends @Nullable Object>(
      Signature<R> signature, Durability durability, StreamHandler<R> handler)
      implements FunctionDescriptor<R> {}

  /** Starts a function that clients can call. */
  static Builder<@Nullable Void> named(String path) {
    return new Builder<>(
        new FunctionPath(path), Visibility.PUBLIC, new ArrayList<>(), Codecs.NOTHING);
  }

  /** Starts a function that only other functions can call. */
  static Builder<@Nullable Void> internal(String path) {
    return new Builder<>(
        new FunctionPath(path), Visibility.INTERNAL, new ArrayList<>(), Codecs.NOTHING);
  }

  /** Collects a function's parts; one of the last calls finishes it. */
  final class Builder<R extends @Nullable Object> {

    private final FunctionPath path;
    private final Visibility visibility;
    private final List<Param<?>> params;
    private final Codec<R> result;

    private Builder(
        FunctionPath path, Visibility visibility, List<Param<?>> params, Codec<R> result) {
      this.path = path;
      this.visibility = visibility;
      this.params = params;
      this.result = result;
    }

    /** Adds a parameter. */
    public Builder<R> param(Param<?> param) {
      params.add(param);
      return this;
    }

    /** Sets what the function answers, or each value that a stream emits; nothing otherwise. */
    public <S extends @Nullable Object> Builder<S> returns(Codec<S> codec) {
      return new Builder<>(path, visibility, params, codec);
    }

    public OfQuery<R> query(QueryHandler<R> handler) {
      return new OfQuery<>(signature(), handler);
    }

    public OfMutation<R> mutation(MutationHandler<R> handler) {
      return new OfMutation<>(signature(), Replay.BY_ID, handler);
    }

    /**
     * A mutation that clients also carry out by themselves before the answer: one that numbers its
     * calls has them applied in that order, each once.
     */
    public OfMutation<R> customMutator(MutationHandler<R> handler) {
      return new OfMutation<>(signature(), Replay.BY_SEQUENCE, handler);
    }

    public OfAction<R> action(ActionHandler<R> handler) {
      return new OfAction<>(signature(), handler);
    }

    public OfGlobalQuery<R> globalQuery(GlobalQueryHandler<R> handler) {
      return new OfGlobalQuery<>(signature(), handler);
    }

    public OfGlobalMutation<R> globalMutation(GlobalMutationHandler<R> handler) {
      return new OfGlobalMutation<>(signature(), handler);
    }

    public OfStream<R> liveStream(StreamHandler<R> handler) {
      return new OfStream<>(signature(), Durability.LIVE, handler);
    }

    /** A stream that survives its client: see {@link Stream#durable}. */
    public OfStream<R> durableStream(StreamHandler<R> handler) {
      return new OfStream<>(signature(), Durability.DURABLE, handler);
    }

    private Signature<R> signature() {
      return new Signature<>(path, visibility, List.copyOf(params), result);
    }
  }
}
