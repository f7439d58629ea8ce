package lunora.stream;

import lunora.api.ActionContext;
import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.api.StreamContext;
import org.jspecify.annotations.Nullable;

/** A stream with what it runs with. */
record StreamCall<T extends @Nullable Object>(
    FunctionDescriptor.OfStream<T> stream, Args args, ActionContext action) {

  String path() {
    return stream.signature().path().text();
  }

  /** Runs it. Suspends. */
  void run(StreamContext<T> context) {
    stream.handler().handle(context, args);
  }
}
