package lunora.sim;

import java.util.concurrent.atomic.AtomicInteger;
import lunora.api.AppModule;
import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.api.Identity;
import lunora.api.Param;
import lunora.api.StreamContext;
import lunora.schema.Codecs;

/**
 * The durable stream of {@link SimApp}: each chunk says whose it is, of which run, and its number.
 */
final class SimStreams {

  private static final Param<Integer> TO = Param.of("to", Codecs.INT);
  private static final Param<Integer> EVERY_MS = Param.of("everyMs", Codecs.INT);
  private static final AtomicInteger RUNS = new AtomicInteger();

  private SimStreams() {}

  static AppModule module() {
    return AppModule.create().stream(
            FunctionDescriptor.named("lines:count")
                .param(TO)
                .param(EVERY_MS)
                .returns(Codecs.STRING)
                .durableStream(SimStreams::count))
        .build();
  }

  private static void count(StreamContext<String> ctx, Args args) {
    String owner = ctx.auth().map(Identity::userId).orElse("");
    int run = RUNS.incrementAndGet();
    for (int i = 1; i <= args.get(TO); i++) {
      ctx.emit("secret:" + owner + "; " + run + " " + i);
      ctx.sleep(args.get(EVERY_MS));
    }
  }
}
